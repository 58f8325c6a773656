package io.sightline.runtime.gpu;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** NVML through the command that every NVIDIA driver brings. */
final class NvidiaSmi implements GpuProbe {
    private static final long TIMEOUT_SECONDS = 5;
    private static final double PERCENT = 100;
    private static final double MEBIBYTE = 1 << 20;
    /** Of NVML's reasons: power cap, hardware slowdown, heat (software and hardware), power brake. */
    private static final long THROTTLED = 0x4 | 0x8 | 0x20 | 0x40 | 0x80;

    private static final List<String> FIELDS = List.of(
            "index",
            "utilization.gpu",
            "memory.used",
            "memory.total",
            "temperature.gpu",
            "power.draw",
            "clocks_throttle_reasons.active");

    private final Path command;

    NvidiaSmi(Path command) {
        this.command = command;
    }

    /** The command, where {@code path} (the environment's) has it. */
    static Optional<GpuProbe> onPath(String path) {
        return Stream.of(path.split(Pattern.quote(File.pathSeparator), -1))
                .filter(folder -> !folder.isEmpty())
                .map(folder -> Path.of(folder, "nvidia-smi"))
                .filter(Files::isExecutable)
                .findFirst()
                .map(NvidiaSmi::new);
    }

    @Override
    public List<GpuReading> read() throws IOException, InterruptedException {
        Process process = new ProcessBuilder(
                        command.toString(), "--query-gpu=" + String.join(",", FIELDS), "--format=csv,noheader,nounits")
                .redirectErrorStream(true)
                .start();
        try {
            process.getOutputStream().close();
            if (!process.waitFor(TIMEOUT_SECONDS, TimeUnit.SECONDS)) {
                throw new IOException(command + " gave no answer within " + TIMEOUT_SECONDS + " s");
            }
            String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (process.exitValue() != 0) {
                throw new IOException(command + " ended with " + process.exitValue() + ": "
                        + said.lines().findFirst().orElse("nothing said"));
            }
            return parse(said);
        } finally {
            process.destroyForcibly();
        }
    }

    static List<GpuReading> parse(String csv) throws IOException {
        List<GpuReading> readings = new ArrayList<>();
        for (String line : csv.lines().filter(text -> !text.isBlank()).toList()) {
            String[] cells = line.strip().split(" *, *", -1);
            if (cells.length != FIELDS.size()) {
                throw new IOException("nvidia-smi told " + cells.length + " values instead of " + FIELDS.size());
            }
            readings.add(new GpuReading(
                    cells[0],
                    number(cells[1]) / PERCENT,
                    number(cells[2]) * MEBIBYTE,
                    number(cells[3]) * MEBIBYTE,
                    number(cells[4]),
                    number(cells[5]),
                    throttled(cells[6])));
        }
        return readings;
    }

    /** {@code [N/A]} and {@code [Not Supported]} are no numbers. */
    private static double number(String cell) {
        try {
            return Double.parseDouble(cell);
        } catch (NumberFormatException e) {
            return Double.NaN;
        }
    }

    private static double throttled(String mask) {
        try {
            return (Long.decode(mask) & THROTTLED) == 0 ? 0 : 1;
        } catch (NumberFormatException e) {
            return Double.NaN;
        }
    }
}
