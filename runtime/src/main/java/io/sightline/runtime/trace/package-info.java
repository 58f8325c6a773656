/**
 * Traces of frames for OpenTelemetry. In: frames as the last stage settles them, with the stamps of every stage. Out: spans over OTLP/HTTP
 * to the collector that the settings name, of frames that were sampled, slow or failed. One thread of the exporter's own; when the
 * collector is away, spans are dropped and frames go on.
 */
@NullMarked
package io.sightline.runtime.trace;

import org.jspecify.annotations.NullMarked;
