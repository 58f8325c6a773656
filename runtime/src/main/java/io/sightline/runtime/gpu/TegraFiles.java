package io.sightline.runtime.gpu;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * A Jetson's GPU through the kernel's files: NVML knows no Tegra. Memory is shared with the processor, so it is the machine's. Paths are
 * those of the TX2 under JetPack 4.6 (L4T 32.7); what another board does not have is not a number.
 */
final class TegraFiles implements GpuProbe {
    private static final String LOAD = "sys/devices/gpu.0/load";
    private static final double LOAD_FULL = 1_000;
    private static final double MILLI = 1_000;
    private static final double KIBIBYTE = 1_024;

    private final Path root;

    private TegraFiles(Path root) {
        this.root = root;
    }

    /** The files under {@code root} ({@code /}, but for tests), where there are such. */
    static Optional<GpuProbe> under(Path root) {
        return Files.isReadable(root.resolve(LOAD)) ? Optional.of(new TegraFiles(root)) : Optional.empty();
    }

    @Override
    public List<GpuReading> read() throws IOException {
        double total = memoryBytes("MemTotal:");
        return List.of(new GpuReading(
                "0",
                number(root.resolve(LOAD)) / LOAD_FULL,
                total - memoryBytes("MemAvailable:"),
                total,
                named("sys/class/thermal", "thermal_zone*", "type", "GPU-therm", "temp") / MILLI,
                powerWatts(),
                throttled()));
    }

    /** The INA3221's rail of the GPU, milliwatts in the file. */
    private double powerWatts() throws IOException {
        Path sensors = root.resolve("sys/bus/i2c/drivers/ina3221x");
        if (!Files.isDirectory(sensors)) {
            return Double.NaN;
        }
        try (DirectoryStream<Path> chips = Files.newDirectoryStream(sensors, "[0-9]*")) {
            for (Path chip : chips) {
                for (int rail = 0; rail < 3; rail++) {
                    Path device = chip.resolve("iio:device" + (chip.toString().endsWith("40") ? 0 : 1));
                    if (text(device.resolve("rail_name_" + rail)).contains("GPU")) {
                        return number(device.resolve("in_power" + rail + "_input")) / MILLI;
                    }
                }
            }
        }
        return Double.NaN;
    }

    /** The governor's thermal device that lowers the GPU's clock is above its rest. */
    private double throttled() throws IOException {
        double state = named("sys/class/thermal", "cooling_device*", "type", "tegra-gpu", "cur_state");
        double balanced = named("sys/class/thermal", "cooling_device*", "type", "gpu-balanced", "cur_state");
        if (Double.isNaN(state) && Double.isNaN(balanced)) {
            return Double.NaN;
        }
        return state > 0 || balanced > 0 ? 1 : 0;
    }

    /** The number in {@code file} of the first folder whose {@code labelFile} says {@code label}. */
    private double named(String folder, String glob, String labelFile, String label, String file) throws IOException {
        Path all = root.resolve(folder);
        if (!Files.isDirectory(all)) {
            return Double.NaN;
        }
        try (DirectoryStream<Path> candidates = Files.newDirectoryStream(all, glob)) {
            for (Path candidate : candidates) {
                if (text(candidate.resolve(labelFile)).equals(label)) {
                    return number(candidate.resolve(file));
                }
            }
        }
        return Double.NaN;
    }

    private double memoryBytes(String line) throws IOException {
        Path file = root.resolve("proc/meminfo");
        if (!Files.isReadable(file)) {
            return Double.NaN;
        }
        return Files.readAllLines(file).stream()
                .filter(text -> text.startsWith(line))
                .map(text -> text.replaceAll("[^0-9]", ""))
                .mapToDouble(Double::parseDouble)
                .map(kibibytes -> kibibytes * KIBIBYTE)
                .findFirst()
                .orElse(Double.NaN);
    }

    private static double number(Path file) {
        try {
            return Double.parseDouble(text(file));
        } catch (NumberFormatException e) {
            return Double.NaN;
        }
    }

    /** Empty where it cannot be read: a board without the sensor. */
    private static String text(Path file) {
        try {
            return Files.isReadable(file) ? Files.readString(file).strip() : "";
        } catch (IOException e) {
            return "";
        }
    }
}
