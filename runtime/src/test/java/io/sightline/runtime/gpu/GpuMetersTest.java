package io.sightline.runtime.gpu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(30)
final class GpuMetersTest {
    @TempDir
    private Path folder;

    @Test
    void everyGpuThatTheDriverTellsOfIsRead() throws Exception {
        List<GpuReading> gpus = NvidiaSmi.parse("""
                0, 37, 2048, 81559, 61, 312.45, 0x0000000000000004
                1, [N/A], 1, 16384, 35, [Not Supported], 0x0000000000000001
                """);

        assertThat(gpus).hasSize(2);
        assertThat(gpus.get(0))
                .isEqualTo(new GpuReading("0", 0.37, 2048.0 * 1048576, 81559.0 * 1048576, 61, 312.45, 1));
        assertThat(gpus.get(1).utilisation()).isNaN();
        assertThat(gpus.get(1).powerWatts()).isNaN();
        assertThat(gpus.get(1).throttled()).as("idle is no throttling").isZero();
    }

    @Test
    void answerOfAnotherFormIsRefused() {
        assertThatThrownBy(() -> NvidiaSmi.parse("0, 37\n"))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("2 values instead of 7");
    }

    @Test
    void commandThatFailsSaysWhat() throws Exception {
        NvidiaSmi failing = new NvidiaSmi(script("echo 'no driver here'; exit 9"));

        assertThatThrownBy(failing::read)
                .isInstanceOf(IOException.class)
                .hasMessageContaining("ended with 9")
                .hasMessageContaining("no driver here");
    }

    @Test
    void commandIsAskedAndShownAsGauges() throws Exception {
        CountDownLatch isRead = new CountDownLatch(2);
        NvidiaSmi command = new NvidiaSmi(script("echo '0, 50, 1, 2, 40, 100, 0x0'"));
        SimpleMeterRegistry registry = new SimpleMeterRegistry();
        GpuProbe counted = () -> {
            isRead.countDown();
            List<GpuReading> all = command.read();
            isRead.countDown();
            return all;
        };

        GpuMeters meters = GpuMeters.start(counted, registry);
        assertThat(isRead.await(20, TimeUnit.SECONDS)).isTrue();
        meters.close();

        assertThat(registry.get("sightline.gpu.utilisation")
                        .tag("gpu", "0")
                        .gauge()
                        .value())
                .isEqualTo(0.5);
        assertThat(registry.get("sightline.gpu.throttled").gauge().value()).isZero();
        assertThat(Thread.getAllStackTraces().keySet())
                .noneMatch(thread -> thread.getName().equals("sightline-gpu"));
    }

    @Test
    void commandIsFoundOnThePathAlone() throws Exception {
        Path command = script("exit 0");

        assertThat(NvidiaSmi.onPath("/nowhere:" + command.getParent())).isPresent();
        assertThat(NvidiaSmi.onPath("/nowhere:")).isEmpty();
    }

    @Test
    void jetsonIsReadFromItsFiles() throws Exception {
        write("sys/devices/gpu.0/load", "730");
        write("proc/meminfo", "MemTotal:        8000000 kB\nMemFree: 1 kB\nMemAvailable:    5000000 kB\n");
        write("sys/class/thermal/thermal_zone0/type", "BCPU-therm");
        write("sys/class/thermal/thermal_zone0/temp", "33000");
        write("sys/class/thermal/thermal_zone1/type", "GPU-therm");
        write("sys/class/thermal/thermal_zone1/temp", "47500");
        write("sys/class/thermal/cooling_device2/type", "gpu-balanced");
        write("sys/class/thermal/cooling_device2/cur_state", "3");
        write("sys/bus/i2c/drivers/ina3221x/0-0040/iio:device0/rail_name_0", "VDD_SYS_GPU");
        write("sys/bus/i2c/drivers/ina3221x/0-0040/iio:device0/in_power0_input", "4120");

        GpuReading board = TegraFiles.under(folder).orElseThrow().read().get(0);

        assertThat(board).isEqualTo(new GpuReading("0", 0.73, 3_000_000.0 * 1024, 8_000_000.0 * 1024, 47.5, 4.12, 1));
    }

    @Test
    void boardWithoutSensorsShowsWhatItHas() throws Exception {
        write("sys/devices/gpu.0/load", "0");

        GpuReading board = TegraFiles.under(folder).orElseThrow().read().get(0);

        assertThat(board.utilisation()).isZero();
        assertThat(List.of(board.temperatureCelsius(), board.powerWatts(), board.throttled(), board.memoryTotalBytes()))
                .allSatisfy(value -> assertThat(value).isNaN());
        assertThat(TegraFiles.under(folder.resolve("elsewhere"))).isEmpty();
    }

    private Path script(String body) throws IOException {
        Path file = Files.writeString(folder.resolve("nvidia-smi"), "#!/bin/sh\n" + body + "\n");
        return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwx------"));
    }

    private void write(String path, String text) throws IOException {
        Path file = folder.resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }
}
