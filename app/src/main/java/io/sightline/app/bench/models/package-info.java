/**
 * Networks side by side: what each costs by arithmetic, what it takes on this machine, and whether the one explains the
 * other. In: a folder of ONNX files. Out: figures, as Markdown or a tree for JSON. Threads: the caller's, and the runtime's.
 */
@NullMarked
package io.sightline.app.bench.models;

import org.jspecify.annotations.NullMarked;
