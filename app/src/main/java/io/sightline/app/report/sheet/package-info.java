/**
 * The contact sheet: one PNG that shows what a run saw. In: frames with their pictures and identities, joined by frame id and sampled for
 * variety by {@link io.sightline.app.report.sheet.FrameReservoir} (bounded memory; a picture is decoded only when the sheet is drawn), and the run's report.
 * Out: {@link io.sightline.app.report.sheet.ContactSheet}. One thread, {@code frame-sampler}, of {@link io.sightline.app.report.sheet.FrameSampler}.
 * Drawing needs no display and no fonts of the machine; a picture that cannot be decoded leaves its tile empty.
 */
@NullMarked
package io.sightline.app.report.sheet;

import org.jspecify.annotations.NullMarked;
