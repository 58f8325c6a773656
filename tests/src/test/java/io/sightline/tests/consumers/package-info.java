/**
 * What is promised to those who read the topics: the page {@code docs/consumers.md}, its programs run as it says, the archive of schemas.
 */
@NullMarked
package io.sightline.tests.consumers;

import org.jspecify.annotations.NullMarked;
