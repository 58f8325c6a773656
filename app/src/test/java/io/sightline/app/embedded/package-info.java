/** Real processes on folders of their own; each test ends what it started. */
@NullMarked
package io.sightline.app.embedded;

import org.jspecify.annotations.NullMarked;
