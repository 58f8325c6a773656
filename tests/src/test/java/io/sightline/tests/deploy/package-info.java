/** The files of {@code deploy}, rendered and read as the tools that use them do, and held against the product's own definitions. */
@NullMarked
package io.sightline.tests.deploy;

import org.jspecify.annotations.NullMarked;
