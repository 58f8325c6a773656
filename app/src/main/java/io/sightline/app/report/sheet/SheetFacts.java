package io.sightline.app.report.sheet;

import io.sightline.app.report.Report;
import java.time.Duration;

/**
 * What the sheet says beside its pictures.
 *
 * @param title of the run: {@code Sightline demo}
 * @param elapsed how long the run took
 */
public record SheetFacts(String title, Duration elapsed, Report report) {}
