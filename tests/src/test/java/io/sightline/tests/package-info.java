/** What needs more than one module: system tests on real servers, and the architecture. */
@NullMarked
package io.sightline.tests;

import org.jspecify.annotations.NullMarked;
