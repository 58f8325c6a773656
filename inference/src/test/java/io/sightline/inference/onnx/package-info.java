/** Tests of the package. */
@NullMarked
package io.sightline.inference.onnx;

import org.jspecify.annotations.NullMarked;
