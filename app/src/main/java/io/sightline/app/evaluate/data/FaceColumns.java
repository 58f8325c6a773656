package io.sightline.app.evaluate.data;

import io.sightline.app.evaluate.data.Table.Row;
import io.sightline.contracts.face.Box;
import io.sightline.contracts.face.Landmarks;
import java.util.Optional;

/** The columns that place a face in its picture: {@code x1 y1 x2 y2} and five landmarks. */
final class FaceColumns {
    private static final String[] LANDMARKS = {
        "leye_x", "leye_y", "reye_x", "reye_y", "nose_x", "nose_y", "lmouth_x", "lmouth_y", "rmouth_x", "rmouth_y"
    };

    private FaceColumns() {}

    static Box box(Row row) {
        try {
            return new Box(row.number("x1"), row.number("y1"), row.number("x2"), row.number("y2"));
        } catch (IllegalArgumentException e) {
            throw new EvaluationDataException(
                    row.place() + ": " + e.getMessage() + "; x2 and y2 lie right and below", e);
        }
    }

    /** Empty where the table has none; half of them is a mistake. */
    static Optional<Landmarks> landmarks(Row row) {
        if (!row.has(LANDMARKS[0])) {
            return Optional.empty();
        }
        float[] xy = new float[LANDMARKS.length];
        for (int i = 0; i < xy.length; i++) {
            xy[i] = row.number(LANDMARKS[i]);
        }
        return Optional.of(Landmarks.of(xy));
    }
}
