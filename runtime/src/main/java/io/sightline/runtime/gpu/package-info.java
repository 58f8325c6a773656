/**
 * What the GPUs of this machine do: utilisation, memory, temperature, power, throttling. In: {@code nvidia-smi}, NVIDIA's command over NVML,
 * or the files of a Jetson TX2. Out: gauges. One thread, {@code sightline-gpu}, which reads now and then; a machine without a GPU has neither
 * thread nor gauges.
 */
@NullMarked
package io.sightline.runtime.gpu;

import org.jspecify.annotations.NullMarked;
