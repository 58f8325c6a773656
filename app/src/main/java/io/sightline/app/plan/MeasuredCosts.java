package io.sightline.app.plan;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * What one frame costs, as {@code bench pipeline --costs FILE} measured it, by the width of the pictures.
 *
 * @param machine processor and cores
 * @param date of the measurement
 * @param command that made it
 * @param rows at least one, narrowest first
 */
public record MeasuredCosts(
        String machine, String date, String command, String detector, String embedder, List<Row> rows) {
    /** The stages, in the order of a frame's way, and the brokers. */
    public static final List<String> STAGES = List.of("ingest", "detect", "embed", "match");

    public static final String BROKER = "broker";
    /** What depends on the size of the picture. All else sees crops, vectors or requests, and is the mean over the widths. */
    private static final Set<String> BY_WIDTH = Set.of("ingest", "detect", "frames");

    private static final String PACKED = "costs.json";
    private static final ObjectMapper MAPPER = new ObjectMapper()
            .enable(SerializationFeature.INDENT_OUTPUT)
            .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES);

    public MeasuredCosts {
        rows = rows.stream().sorted(Comparator.comparingInt(Row::widthPx)).toList();
        if (rows.isEmpty()) {
            throw new IllegalArgumentException(
                    "measured costs have no rows: measure again with bench pipeline --costs FILE");
        }
        if (rows.stream().map(Row::widthPx).distinct().count() < rows.size()) {
            throw new IllegalArgumentException("measured costs have two rows of one width: keep one of them");
        }
    }

    /**
     * Of pictures of one width.
     *
     * @param cameras of the run
     * @param framesPerSecond of the run, all cameras together
     * @param facesPerFrame that were found
     * @param cpuMillis of a frame, by {@link #STAGES} and {@link #BROKER}; the brokers' without replicas
     * @param bytes of a frame on each topic, by its short name, as they lie on the disk
     */
    public record Row(
            int widthPx,
            int heightPx,
            int cameras,
            double framesPerSecond,
            double facesPerFrame,
            Map<String, Double> cpuMillis,
            Map<String, Double> bytes) {
        public Row {
            cpuMillis = Map.copyOf(new TreeMap<>(cpuMillis));
            bytes = Map.copyOf(new TreeMap<>(bytes));
            boolean isWhole = cpuMillis.keySet().containsAll(STAGES)
                    && cpuMillis.containsKey(BROKER)
                    && bytes.keySet().containsAll(Set.of("frames", "faces", "embeddings", "identities"));
            if (widthPx < 1
                    || heightPx < 1
                    || cameras < 1
                    || !(facesPerFrame > 0)
                    || !(framesPerSecond > 0)
                    || !isWhole) {
                throw new IllegalArgumentException("measured costs of width " + widthPx
                        + " are not whole: it takes a size, cameras, frames and faces, cpuMillis of " + STAGES + " and "
                        + BROKER
                        + ", and bytes of the topics");
            }
        }

        /** Of one camera. */
        double fps() {
            return framesPerSecond / cameras;
        }

        double pixels() {
            return (double) widthPx * heightPx;
        }
    }

    /** Those that come with the program. */
    public static MeasuredCosts packed() {
        try (InputStream packed = MeasuredCosts.class.getResourceAsStream(PACKED)) {
            if (packed == null) {
                throw new IllegalStateException(PACKED + " is not in the program's archive");
            }
            return MAPPER.readValue(packed, MeasuredCosts.class);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static MeasuredCosts read(Path file) {
        try {
            return MAPPER.readValue(Files.readString(file), MeasuredCosts.class);
        } catch (JsonProcessingException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            String why = cause instanceof IllegalArgumentException ? cause.getMessage() : e.getOriginalMessage();
            throw new IllegalArgumentException(
                    file + " does not hold measured costs: " + why + " (bench pipeline --costs FILE writes them)", e);
        } catch (IOException e) {
            throw new IllegalArgumentException(
                    "the measured costs " + file + " cannot be read ("
                            + e.getClass().getSimpleName() + "): check the path",
                    e);
        }
    }

    public void write(Path file) throws IOException {
        Files.writeString(file, MAPPER.writeValueAsString(this) + "\n");
    }

    /** A frame of that width: a line in the number of pixels through the two measured widths that are nearest. */
    public Row at(int widthPx) {
        Row found = rows.stream()
                .filter(row -> row.widthPx() == widthPx)
                .findFirst()
                .orElseGet(() -> reckoned(widthPx));
        Map<String, Double> cpuMillis = new TreeMap<>(found.cpuMillis());
        cpuMillis.replaceAll((name, value) -> BY_WIDTH.contains(name) ? value : mean(Row::cpuMillis, name));
        Map<String, Double> bytes = new TreeMap<>(found.bytes());
        bytes.replaceAll((name, value) -> BY_WIDTH.contains(name) ? value : mean(Row::bytes, name));
        return new Row(
                widthPx,
                found.heightPx(),
                found.cameras(),
                found.framesPerSecond(),
                found.facesPerFrame(),
                cpuMillis,
                bytes);
    }

    private double mean(Function<Row, Map<String, Double>> figures, String name) {
        return rows.stream()
                .mapToDouble(row -> figures.apply(row).getOrDefault(name, 0.0))
                .average()
                .orElse(0);
    }

    private Row reckoned(int widthPx) {
        if (rows.size() == 1) {
            int measured = rows.get(0).widthPx();
            throw new IllegalArgumentException("costs were measured at " + measured + " px alone: plan with --width "
                    + measured + ", or measure two widths");
        }
        int upper = 1;
        while (upper < rows.size() - 1 && rows.get(upper).widthPx() < widthPx) {
            upper++;
        }
        return between(rows.get(upper - 1), rows.get(upper), widthPx);
    }

    private static Row between(Row below, Row above, int widthPx) {
        int heightPx = (int) Math.max(1, Math.round((double) widthPx * above.heightPx() / above.widthPx()));
        double part = ((double) widthPx * heightPx - below.pixels()) / (above.pixels() - below.pixels());
        return new Row(
                widthPx,
                heightPx,
                below.cameras(),
                below.framesPerSecond(),
                below.facesPerFrame() + part * (above.facesPerFrame() - below.facesPerFrame()),
                line(below.cpuMillis(), above.cpuMillis(), part),
                line(below.bytes(), above.bytes(), part));
    }

    private static Map<String, Double> line(Map<String, Double> below, Map<String, Double> above, double part) {
        Map<String, Double> line = new TreeMap<>();
        below.forEach((name, value) ->
                line.put(name, Math.max(0, value + part * (above.getOrDefault(name, value) - value))));
        return line;
    }
}
