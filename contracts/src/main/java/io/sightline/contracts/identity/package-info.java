/**
 * Who it is: decisions, identities and sightings, the JSON that people consume. Field names on the wire are snake case;
 * the schemas stand under {@code /schema} in this module's resources.
 */
@NullMarked
package io.sightline.contracts.identity;

import org.jspecify.annotations.NullMarked;
