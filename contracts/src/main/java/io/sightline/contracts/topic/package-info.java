/** The topics: name, key, value form, retention, declared once. */
@NullMarked
package io.sightline.contracts.topic;

import org.jspecify.annotations.NullMarked;
