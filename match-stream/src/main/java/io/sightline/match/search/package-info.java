/**
 * Exact search: a probe against every template of one model, best similarity per person. Pure; immutable after construction, so any
 * thread may search. {@link io.sightline.match.search.TemplateMatrix} is the door.
 */
@NullMarked
package io.sightline.match.search;

import org.jspecify.annotations.NullMarked;
