package io.sightline.contracts.frame;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A frame's place in a distributed trace (W3C Trace Context, level 1, section 3.2). The ids are a hash of the frame id, so every stage,
 * a replay and a consumer find the same trace without having met.
 *
 * @param traceId 32 hexadecimal digits, not all zero
 * @param spanId 16 hexadecimal digits, not all zero: the span of the frame's whole way
 * @param isSampled whether ingest chose the frame for tracing
 */
public record TraceContext(String traceId, String spanId, boolean isSampled) {
    private static final Pattern FORM =
            Pattern.compile("[0-9a-f]{2}-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})(?:-.*)?");
    private static final int SPAN_ID_AT = 16;
    private static final int SPAN_ID_END = 24;
    /** Of the 56 lowest bits of the trace id, which level 2 wants random, the upper 53 make an even double. */
    private static final int LOWEST_BITS_AT = 8;

    private static final long LOWEST_BITS = (1L << 56) - 1;
    private static final double RANGE = 1L << 56;

    public TraceContext {
        if (!traceId.matches("[0-9a-f]{32}") || !spanId.matches("[0-9a-f]{16}") || isZero(traceId) || isZero(spanId)) {
            throw new IllegalArgumentException(
                    "trace " + traceId + ", span " + spanId + ": not 32 and 16 hexadecimal digits");
        }
    }

    /**
     * The context of a frame.
     *
     * @param sampledShare of frames that are chosen, 0 to 1; whether this one is depends on its id alone
     */
    public static TraceContext of(FrameId frame, double sampledShare) {
        byte[] hash = sha256(frame.toString());
        HexFormat hex = HexFormat.of();
        long random = ByteBuffer.wrap(hash).getLong(LOWEST_BITS_AT) & LOWEST_BITS;
        return new TraceContext(
                hex.formatHex(hash, 0, SPAN_ID_AT),
                hex.formatHex(hash, SPAN_ID_AT, SPAN_ID_END),
                random / RANGE < sampledShare);
    }

    /** Reads a {@code traceparent}; empty for what is none. Later versions are read as this one, as the standard asks. */
    public static Optional<TraceContext> parse(byte[] header) {
        Matcher form = FORM.matcher(new String(header, StandardCharsets.US_ASCII));
        if (!form.matches() || isZero(form.group(1)) || isZero(form.group(2))) {
            return Optional.empty();
        }
        boolean isSampled = (Integer.parseInt(form.group(3), 16) & 1) == 1;
        return Optional.of(new TraceContext(form.group(1), form.group(2), isSampled));
    }

    /** The header's bytes: {@code 00-<trace id>-<span id>-<flags>}. */
    public byte[] header() {
        return toString().getBytes(StandardCharsets.US_ASCII);
    }

    @Override
    public String toString() {
        return "00-" + traceId + "-" + spanId + (isSampled ? "-01" : "-00");
    }

    private static boolean isZero(String digits) {
        return digits.chars().allMatch(digit -> digit == '0');
    }

    private static byte[] sha256(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
