package io.sightline.app.enrol;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;
import java.util.Optional;

/**
 * What became of one photo, or of a folder that could not be used at all.
 *
 * @param photo its path below the folder
 * @param person whom it was meant to show; empty where no name could be had
 * @param reason of a refusal, such as {@code no_face}
 * @param detail what is wrong or odd, and what to do
 * @param quality of the face, 0 to 1, where it was enrolled
 */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
public record PhotoReport(
        String photo,
        Optional<String> person,
        Result result,
        Optional<String> reason,
        Optional<String> detail,
        Optional<Double> quality) {
    /** What became of a photo. */
    public enum Result {
        /** A new template. */
        ACCEPTED,
        /** This very file was enrolled for this person before. */
        KNOWN,
        REFUSED;

        @JsonValue
        public String wireName() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    static PhotoReport accepted(String photo, String person, double quality, Optional<String> warning) {
        return new PhotoReport(
                photo, Optional.of(person), Result.ACCEPTED, Optional.empty(), warning, Optional.of(quality));
    }

    static PhotoReport known(String photo, String person) {
        return new PhotoReport(
                photo, Optional.of(person), Result.KNOWN, Optional.empty(), Optional.empty(), Optional.empty());
    }

    static PhotoReport refused(String photo, Optional<String> person, Refusal reason, String sentence) {
        return new PhotoReport(
                photo, person, Result.REFUSED, Optional.of(reason.wireName()), Optional.of(sentence), Optional.empty());
    }

    PhotoReport withDetail(String text) {
        return new PhotoReport(photo, person, result, reason, Optional.of(text), quality);
    }

    /** One line for people: {@code Anna/2.jpg: refused, 2 faces were found: …}. */
    public String line() {
        return photo + ": " + result.wireName()
                + detail.map(text -> ", " + text).orElse("");
    }
}
