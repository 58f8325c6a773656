package io.sightline.runtime.settings;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Takes credentials out of texts that people or topics will see. In doubt it hides too much: in a URL, all up to the
 * last {@code @}, because a password may hold {@code /}, {@code ?} and {@code @} that nobody encoded.
 */
public final class Masking {
    private static final String MASK = "***";
    private static final Pattern USER_INFO = Pattern.compile("([A-Za-z][A-Za-z0-9+.-]*://)\\S*@");
    private static final Pattern WHOLE_USER_INFO =
            Pattern.compile("^(\\s*[A-Za-z][A-Za-z0-9+.-]*://).*@", Pattern.DOTALL);
    private static final Pattern ENCODED_USER_INFO =
            Pattern.compile("(%3A%2F%2F)\\S*(%40|@)", Pattern.CASE_INSENSITIVE);
    private static final Pattern PARAMETER = Pattern.compile(
            "((?:^|[?&;\\s,{(])[\\w.-]*(?:pass|passwd|password|pwd|secret|token|credential|signature|apikey|api_key|api-key)[\\w.-]*"
                    + "(?:=|%3D))(?:\"[^\"]*\"|'[^']*'|[^\\s&;,\"']+)",
            Pattern.CASE_INSENSITIVE);

    private Masking() {}

    /** A URL without its user information and without the values of parameters that look like secrets. */
    public static String url(String url) {
        Matcher matcher = WHOLE_USER_INFO.matcher(url);
        return text(matcher.find() ? matcher.group(1) + MASK + url.substring(matcher.end() - 1) : url);
    }

    /** Any text, with the credentials taken out of all URLs in it, plain or percent-encoded. */
    public static String text(String text) {
        String masked = USER_INFO.matcher(text).replaceAll("$1" + Matcher.quoteReplacement(MASK) + "@");
        masked = ENCODED_USER_INFO.matcher(masked).replaceAll("$1" + Matcher.quoteReplacement(MASK) + "$2");
        return PARAMETER.matcher(masked).replaceAll("$1" + Matcher.quoteReplacement(MASK));
    }

    /** As {@link #text(String)}, and wherever one of the secrets stands by itself, plain or percent-encoded. */
    public static String text(String text, Collection<Secret> secrets) {
        String masked = text;
        for (Secret secret : secrets) {
            String plain = secret.reveal();
            if (!plain.isEmpty()) {
                masked = masked.replace(plain, MASK);
                masked = ignoringCase(percentEncoded(plain)).matcher(masked).replaceAll(Matcher.quoteReplacement(MASK));
                masked = ignoringCase(formEncoded(plain)).matcher(masked).replaceAll(Matcher.quoteReplacement(MASK));
            }
        }
        return text(masked);
    }

    private static Pattern ignoringCase(String literal) {
        return Pattern.compile(Pattern.quote(literal), Pattern.CASE_INSENSITIVE);
    }

    private static String percentEncoded(String plain) {
        return formEncoded(plain).replace("+", "%20").replace("*", "%2A");
    }

    private static String formEncoded(String plain) {
        return URLEncoder.encode(plain, StandardCharsets.UTF_8);
    }
}
