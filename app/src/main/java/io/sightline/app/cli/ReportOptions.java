package io.sightline.app.cli;

import io.sightline.app.pipeline.CameraRun;
import io.sightline.app.report.ReportJson;
import io.sightline.app.report.RunSummary;
import io.sightline.app.report.sheet.ContactSheet;
import io.sightline.app.report.sheet.SheetFacts;
import io.sightline.app.report.sheet.SheetOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What a run leaves behind. */
public final class ReportOptions {
    @Option(names = "--report", paramLabel = "FILE", description = "Write the report there, as JSON.")
    private @Nullable Path report;

    @Option(
            names = "--contact-sheet",
            paramLabel = "FILE",
            description = "Write a PNG of sampled frames with boxes, landmarks and names there.")
    private @Nullable Path contactSheet;

    @Option(names = "--blur-faces", description = "Blur the faces on the contact sheet.")
    private boolean isBlurred;

    /** Throws before the run when a file that it is to leave could not be written after it. */
    public void requireWritable() {
        requireWritable("--report", report);
        requireWritable("--contact-sheet", contactSheet);
    }

    private static void requireWritable(String option, @Nullable Path file) {
        if (file == null) {
            return;
        }
        Path folder = Optional.ofNullable(file.toAbsolutePath().getParent()).orElse(file);
        if (!Files.isDirectory(folder) || !Files.isWritable(folder) || Files.isDirectory(file)) {
            throw new UnmetNeedException(option + " " + file + " cannot be written: make the folder " + folder
                    + ", or name a file elsewhere");
        }
    }

    /** Prints the summary and writes the files that were asked for. */
    public void write(String title, CameraRun.Result result, Duration warmUp) throws IOException {
        RunSummary.lines(title, result.elapsed(), result.report(), warmUp).forEach(System.out::println);
        if (report != null) {
            ReportJson.write(result.report(), report);
            System.out.println("report: " + report);
        }
        if (contactSheet != null) {
            ContactSheet.write(
                    contactSheet,
                    new SheetFacts(title, result.elapsed(), result.report()),
                    result.frames(),
                    SheetOptions.defaults()
                            .withFaces(isBlurred ? SheetOptions.Faces.BLURRED : SheetOptions.Faces.SHOWN));
            System.out.println("contact sheet: " + contactSheet);
        }
    }

    /** Uses {@code path} for the contact sheet where none was asked for. */
    public void contactSheetByDefault(Path path) {
        if (contactSheet == null) {
            contactSheet = path;
        }
    }
}
