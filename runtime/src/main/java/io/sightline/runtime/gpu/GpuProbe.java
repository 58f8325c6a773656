package io.sightline.runtime.gpu;

import java.io.IOException;
import java.util.List;

/** Where readings come from. */
@FunctionalInterface
interface GpuProbe {
    /** Every GPU of the machine. Throws {@link IOException} that says what does not answer. */
    List<GpuReading> read() throws IOException, InterruptedException;
}
