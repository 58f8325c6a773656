package io.sightline.match.gallery;

import static java.nio.charset.StandardCharsets.UTF_8;

/**
 * How the gallery lies in Redis. All keys share a hash tag, so that a cluster keeps them on one node and a script may touch them all.
 *
 * <ul>
 *   <li>{@code {ns}:gallery:names} hash: folded name to person id; who stands here is enrolled
 *   <li>{@code {ns}:gallery:person:ID} hash: {@code name}, {@code enrolled-at-us}, and one field {@code template/MODEL/SOURCEHASH} each
 *   <li>{@code {ns}:gallery:changes} stream: {@code revision}, {@code kind} ({@code enrolled}, {@code removed}), {@code person} (id)
 *   <li>{@code {ns}:gallery:revision} counter: one more with each change, so that a follower notices when entries are missing
 *   <li>{@code {ns}:picture:KEY} string: a JPEG; expires
 *   <li>{@code {ns}:gallery:pictures:ID} set: keys of the pictures of a person, for erasure
 * </ul>
 */
public record GalleryKeys(String namespace) {
    static final String FIELD_NAME = "name";
    static final String FIELD_ENROLLED_AT = "enrolled-at-us";
    static final String TEMPLATE_PREFIX = "template/";

    String names() {
        return gallery("names");
    }

    String personPrefix() {
        return gallery("person:");
    }

    String person(String id) {
        return personPrefix() + id;
    }

    String changes() {
        return gallery("changes");
    }

    String revision() {
        return gallery("revision");
    }

    String picturesPrefix() {
        return gallery("pictures:");
    }

    /** The set of picture keys of a person. */
    public String picturesOf(String personId) {
        return picturesPrefix() + personId;
    }

    /** The hash of a person; exists as long as the person is enrolled. */
    public String personHash(String personId) {
        return person(personId);
    }

    public String picturePrefix() {
        return "{" + namespace + "}:picture:";
    }

    /** The key of one picture. */
    public String picture(String key) {
        return picturePrefix() + key;
    }

    static byte[] utf8(String text) {
        return text.getBytes(UTF_8);
    }

    private String gallery(String rest) {
        return "{" + namespace + "}:gallery:" + rest;
    }
}
