package io.sightline.runtime.gpu;

/**
 * One GPU at one moment. What the device does not tell is not a number.
 *
 * @param gpu its number, as CUDA counts
 * @param utilisation share of time in which it computed, 0 to 1
 * @param throttled 1 while heat or power slows it down, else 0
 */
record GpuReading(
        String gpu,
        double utilisation,
        double memoryUsedBytes,
        double memoryTotalBytes,
        double temperatureCelsius,
        double powerWatts,
        double throttled) {}
