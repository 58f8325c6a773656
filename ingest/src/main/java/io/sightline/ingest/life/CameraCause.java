package io.sightline.ingest.life;

import java.util.Locale;

/** Why a camera is not streaming. A closed set: it is a metric's tag. */
public enum CameraCause {
    /** Nobody listens at the address. */
    REFUSED("check that the camera is on and the port is right"),
    /** No route, no such host name, or no answer in time. */
    UNREACHABLE("check its address, cable and network"),
    /** User or password are wrong or missing. */
    UNAUTHORISED("check its user and password"),
    /** The server or the disk has no such stream or file. */
    NOT_FOUND("check the path"),
    /** Something answers, but not with video. */
    NOT_VIDEO("check that the address is that of a video stream"),
    /** It was open, but no picture came in time. */
    SILENT("check the camera's encoder and network"),
    /** No secure connection: certificate, host name or protocol. */
    TLS("check its certificate and ca-file"),
    /** The stream, or the file, is over. */
    END_OF_STREAM(""),
    /** It cannot be read or decoded: permissions, damage, an unknown codec. */
    UNREADABLE("check the file's permissions and its codec"),
    /** Anything else. */
    FAILED("see the detail");

    private final String advice;

    CameraCause(String advice) {
        this.advice = advice;
    }

    /** The name on the topic {@code cameras} and in metrics. */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** What somebody can do about it; may be empty. */
    public String advice() {
        return advice;
    }
}
