package io.sightline.ingest;

/** Addresses as people write them, also wrong ones, and what of them may be shown. */
final class AddressText {
    private AddressText() {}

    /**
     * Where the user info of an address (without its scheme) ends: the index of its {@code @}, or −1. A password may hold {@code /},
     * {@code ?} and {@code #} although it should not; a path may hold {@code @}. So if what stands before the first of them looks like
     * host and port, there is no user info.
     */
    static int endOfUserInfo(String rest) {
        int end = 0;
        while (end < rest.length() && "/?#".indexOf(rest.charAt(end)) < 0) {
            end++;
        }
        int within = rest.lastIndexOf('@', end - 1);
        if (within >= 0) {
            return within;
        }
        boolean isHost = rest.substring(0, end).matches("(?:[A-Za-z0-9._-]+|\\[[0-9A-Fa-f:.%]+])(?::\\d*)?");
        return isHost ? -1 : rest.lastIndexOf('@');
    }

    /** A text that may be an address, without what may be a credential: user info and query. */
    static String shown(String text) {
        String clean = text.replaceAll("\\p{Cntrl}", "?");
        int scheme = clean.indexOf("://");
        if (scheme < 0) {
            return clean;
        }
        String rest = clean.substring(scheme + 3);
        int at = endOfUserInfo(rest);
        String bare = rest.substring(at + 1);
        int query = bare.indexOf('?');
        return clean.substring(0, scheme + 3) + (query < 0 ? bare : bare.substring(0, query) + "?…");
    }
}
