/** The account of every frame: captured = outcomes + in flight + unaccounted. Pure arithmetic on sequence numbers. */
@NullMarked
package io.sightline.contracts.ledger;

import org.jspecify.annotations.NullMarked;
