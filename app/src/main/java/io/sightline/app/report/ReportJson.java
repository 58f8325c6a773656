package io.sightline.app.report;

import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sightline.contracts.frame.Outcome;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/**
 * {@code report.json}. Its field names are a contract: fields are only ever added. A latency that was never measured is
 * {@code null}, not 0.
 */
public final class ReportJson {
    private static final double THOUSANDTHS = 1e3;
    private static final ObjectWriter WRITER = JsonMapper.builder()
            .build()
            .writer(new DefaultPrettyPrinter().withObjectIndenter(new DefaultIndenter("  ", "\n")));

    private ReportJson() {}

    /** Writes the whole file or none of it. */
    public static void write(Report report, Path file) throws IOException {
        WholeFile.write(file, part -> Files.writeString(part, text(report)));
    }

    /** The file's content, indented, ending with a line break. */
    public static String text(Report report) {
        try {
            return WRITER.writeValueAsString(tree(report)) + "\n";
        } catch (IOException e) {
            throw new UncheckedIOException("a report that Jackson cannot write", e);
        }
    }

    static ObjectNode tree(Report report) {
        ObjectNode root = JsonNodeFactory.instance.objectNode();
        ObjectNode cameras = root.putObject("cameras");
        report.cameras().forEach((id, camera) -> put(camera, cameras.putObject(id.value())));
        put(report.latency(), root.putObject("latency_ms"));
        var sightings = root.putArray("sightings");
        report.sightings().forEach(sighting -> put(sighting, sightings.addObject()));
        ObjectNode models = root.putObject("models");
        put(report.models().detector(), models.putObject("detector"));
        report.models().landmarker().ifPresent(landmarker -> put(landmarker, models.putObject("landmarker")));
        put(report.models().embedder(), models.putObject("embedder"));
        return root;
    }

    private static void put(CameraReport camera, ObjectNode node) {
        node.put("captured", camera.captured());
        ObjectNode outcomes = node.putObject("outcomes");
        for (Outcome outcome : Outcome.values()) {
            outcomes.put(outcome.wireName(), camera.frames(outcome));
        }
        node.put("unaccounted", camera.unaccounted());
        node.put("fps", rounded(camera.fps()));
    }

    private static void put(Optional<Percentiles> latency, ObjectNode node) {
        put(latency, node, "p50", Percentiles::p50Ms);
        put(latency, node, "p95", Percentiles::p95Ms);
        put(latency, node, "p99", Percentiles::p99Ms);
    }

    private static void put(
            Optional<Percentiles> latency, ObjectNode node, String name, ToDoubleFunction<Percentiles> value) {
        latency.ifPresentOrElse(
                percentiles -> node.put(name, rounded(value.applyAsDouble(percentiles))), () -> node.putNull(name));
    }

    private static void put(SightingLine sighting, ObjectNode node) {
        node.put("camera", sighting.camera().value());
        sighting.person().ifPresentOrElse(name -> node.put("person", name), () -> node.putNull("person"));
        sighting.unknownId().ifPresentOrElse(id -> node.put("unknown_id", id), () -> node.putNull("unknown_id"));
        node.put("from_s", rounded(sighting.fromS()));
        node.put("to_s", rounded(sighting.toS()));
        node.put("frames", sighting.frames());
        node.put("similarity", rounded(sighting.similarity()));
    }

    private static void put(ReportedModel model, ObjectNode node) {
        node.put("id", model.id());
        node.put("sha256", model.sha256());
        node.put("origin", model.origin());
        node.put("licence", model.licence());
        model.threshold().ifPresent(threshold -> node.put("threshold", threshold));
        model.margin().ifPresent(margin -> node.put("margin", margin));
    }

    private static double rounded(double value) {
        return Math.round(value * THOUSANDTHS) / THOUSANDTHS;
    }
}
