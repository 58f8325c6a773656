/**
 * When the certificates of the servers that this process uses expire. In: their addresses. Out: a gauge each. One thread,
 * {@code sightline-certificates}, which asks once an hour.
 */
@NullMarked
package io.sightline.runtime.certificate;

import org.jspecify.annotations.NullMarked;
