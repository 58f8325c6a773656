package io.sightline.match.gallery;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.sightline.contracts.identity.Person;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A person's hash in Redis, read. */
final class PersonForm {
    private static final Logger LOG = LoggerFactory.getLogger(PersonForm.class);

    private PersonForm() {}

    /** Empty when the hash is gone: the person was removed. A template that cannot be read is left out, with a warning. */
    static Optional<EnrolledPerson> read(String id, Map<byte[], byte[]> hash) {
        String name = "";
        Instant enrolledAt = Instant.EPOCH;
        List<EnrolledPerson.Stored> templates = new ArrayList<>();
        for (Map.Entry<byte[], byte[]> entry : hash.entrySet()) {
            String field = new String(entry.getKey(), UTF_8);
            if (field.equals(GalleryKeys.FIELD_NAME)) {
                name = new String(entry.getValue(), UTF_8);
            } else if (field.equals(GalleryKeys.FIELD_ENROLLED_AT)) {
                enrolledAt = TemplateForm.instant(Long.parseLong(new String(entry.getValue(), UTF_8)));
            } else if (field.startsWith(GalleryKeys.TEMPLATE_PREFIX)) {
                template(id, field, entry.getValue()).ifPresent(templates::add);
            }
        }
        if (name.isEmpty()) {
            return Optional.empty();
        }
        templates.sort(Comparator.comparing(EnrolledPerson.Stored::enrolledAt)
                .thenComparing(stored -> stored.template().source()));
        return Optional.of(new EnrolledPerson(new Person(id, name), enrolledAt, templates));
    }

    private static Optional<EnrolledPerson.Stored> template(String id, String field, byte[] value) {
        try {
            return Optional.of(TemplateForm.decode(field, value));
        } catch (IllegalArgumentException e) {
            LOG.warn(
                    "gallery: a template of person {} cannot be read and is left out ({}); enrol its picture again",
                    id,
                    e.getMessage());
            return Optional.empty();
        }
    }
}
