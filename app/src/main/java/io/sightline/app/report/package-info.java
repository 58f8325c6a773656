/**
 * What a run comes to. In: the topics {@code identities}, {@code sightings}, {@code ledger} and {@code cameras}, read
 * committed from where they end when the collector starts, and what ingest says it captured. Out: a snapshot for the
 * live view at any time, and at the end a {@link io.sightline.app.report.Report} as {@code report.json}.
 *
 * <p>{@link io.sightline.app.report.RunTally} is the pure fold; {@link io.sightline.app.report.ReportCollector} owns the
 * one thread ({@code report-collector}) that feeds it. A record that cannot be read is counted and skipped; a broker that is away is waited for.
 */
@NullMarked
package io.sightline.app.report;

import org.jspecify.annotations.NullMarked;
