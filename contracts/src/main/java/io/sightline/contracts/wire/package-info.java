/** Records to bytes and back. Unreadable bytes throw {@link io.sightline.contracts.wire.MalformedMessageException}, nothing else. */
@NullMarked
package io.sightline.contracts.wire;

import org.jspecify.annotations.NullMarked;
