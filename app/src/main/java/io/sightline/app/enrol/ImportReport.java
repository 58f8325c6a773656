package io.sightline.app.enrol;

import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import java.util.List;

/**
 * What an import did, as JSON for {@code --json}.
 *
 * @param people who had at least one photo accepted or known
 * @param accepted photos that became templates
 * @param known photos that were templates before
 * @param refused photos and folders that enrolled nobody
 * @param photos one by one, in the order of the import
 */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
public record ImportReport(int people, int accepted, int known, int refused, List<PhotoReport> photos) {
    public ImportReport {
        photos = List.copyOf(photos);
    }

    static ImportReport of(List<PhotoReport> photos) {
        long people = photos.stream()
                .filter(photo -> photo.result() != PhotoReport.Result.REFUSED)
                .flatMap(photo -> photo.person().stream())
                .distinct()
                .count();
        return new ImportReport(
                Math.toIntExact(people),
                count(photos, PhotoReport.Result.ACCEPTED),
                count(photos, PhotoReport.Result.KNOWN),
                count(photos, PhotoReport.Result.REFUSED),
                photos);
    }

    /** One line for people. */
    public String summary() {
        return people + " people: " + accepted + " photos enrolled, " + known + " known before, " + refused
                + " refused";
    }

    private static int count(List<PhotoReport> photos, PhotoReport.Result result) {
        return (int) photos.stream().filter(photo -> photo.result() == result).count();
    }
}
