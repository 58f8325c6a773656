/** What operators read: camera states, dead letters, the audit. Nothing here may hold a secret. */
@NullMarked
package io.sightline.contracts.ops;

import org.jspecify.annotations.NullMarked;
