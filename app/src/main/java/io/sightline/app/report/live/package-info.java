/**
 * The live view of a run. In: {@link io.sightline.app.report.RunSnapshot}s, taken twice a second. Out: a table that is redrawn in place on a
 * terminal, or plain lines where there is none. {@link io.sightline.app.report.live.LiveScreen} and
 * {@link io.sightline.app.report.live.PlainLog} are pure; {@link io.sightline.app.report.live.LiveView} owns the one thread ({@code live-view}).
 */
@NullMarked
package io.sightline.app.report.live;

import org.jspecify.annotations.NullMarked;
