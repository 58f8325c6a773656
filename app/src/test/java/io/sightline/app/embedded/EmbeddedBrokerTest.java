package io.sightline.app.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class EmbeddedBrokerTest {
    private static final long MIB = 1 << 20;
    private static final DiskLimits TINY = new DiskLimits(8 * MIB, 4 * MIB, 64 * MIB);

    @Test
    void killedBrokerIsStartedAgainOnItsPortWithItsRecords(@TempDir Path data) throws Exception {
        try (EmbeddedBroker broker = EmbeddedBroker.startChild(BrokerSpec.in(data))) {
            Records records = new Records(broker.connection(), "t").make();
            records.write(100);
            int port = broker.port();

            ProcessHandle.of(broker.pid()).orElseThrow().destroyForcibly();

            Waiting.until(Duration.ofSeconds(30), () -> broker.restarts() == 1, broker::health);
            assertThat(broker.port()).isEqualTo(port);
            assertThat(broker.health().isReady()).isTrue();
            assertThat(records.written()).isEqualTo(100);
        }
    }

    @Test
    void closedBrokerKeepsItsRecordsForTheNextStart(@TempDir Path data) throws Exception {
        long pid;
        try (EmbeddedBroker broker = EmbeddedBroker.startChild(BrokerSpec.in(data))) {
            pid = broker.pid();
            new Records(broker.connection(), "t").make().write(3);
        }
        Waiting.untilEnded(pid);

        try (EmbeddedBroker again = EmbeddedBroker.startChild(BrokerSpec.in(data))) {
            assertThat(new Records(again.connection(), "t").written()).isEqualTo(3);
        }
    }

    @Test
    void folderInUseIsRefusedWithItsNameAndWhatToDo(@TempDir Path data) {
        try (DirectoryLock held = DirectoryLock.acquire(data, Duration.ZERO)) {
            assertThat(held).isNotNull();
            assertThatThrownBy(() -> EmbeddedBroker.startChild(BrokerSpec.in(data)))
                    .isInstanceOf(EmbeddedServerException.class)
                    .hasMessageContaining("the data folder " + data + " is in use by another Sightline")
                    .hasMessageContaining("--home");
        }
    }

    @Test
    void portInUseIsRefusedWithTheAddress(@TempDir Path data) throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            BrokerSpec spec = BrokerSpec.in(data).withPort(taken.getLocalPort());

            assertThatThrownBy(() -> EmbeddedBroker.startChild(spec))
                    .isInstanceOf(EmbeddedServerException.class)
                    .hasMessageContaining("127.0.0.1:" + taken.getLocalPort());
        }
    }

    @Test
    void tooLittleDiskStopsTheStart(@TempDir Path data) {
        DiskLimits impossible = new DiskLimits(Long.MAX_VALUE, 0, 64 * MIB);

        assertThatThrownBy(() -> EmbeddedBroker.startChild(BrokerSpec.in(data).withDisk(impossible)))
                .isInstanceOf(EmbeddedServerException.class)
                .hasMessageStartingWith("disk full under " + data)
                .hasMessageContaining("free some space");
    }

    @Test
    void diskThatFillsIsToldAndTheBrokerComesBackWhenThereIsRoom(@TempDir Path mountPoint) throws Exception {
        assumeTrue(mountTmpfs(mountPoint, "48m"), "mounting a small file system is not allowed here");
        try (EmbeddedBroker broker =
                EmbeddedBroker.startChild(BrokerSpec.in(mountPoint).withDisk(TINY))) {
            Records records = new Records(broker.connection(), "t").make();
            records.write(10);
            Path ballast = mountPoint.resolve("ballast");

            Files.write(ballast, new byte[(int) (DiskSpace.of(mountPoint).usableBytes() - 2 * MIB)]);

            Waiting.until(Duration.ofSeconds(20), () -> !broker.health().isReady(), broker::health);
            Waiting.until(
                    Duration.ofSeconds(20),
                    () -> broker.health().detail().startsWith("disk full under " + mountPoint),
                    broker::health);
            assertThat(broker.health().isLive()).isTrue();

            Files.delete(ballast);

            Waiting.until(Duration.ofSeconds(40), () -> broker.health().isReady(), broker::health);
            assertThat(records.written()).isEqualTo(10);
        } finally {
            unmount(mountPoint);
        }
    }

    @Test
    void diskThatFillsInOneGoIsTold(@TempDir Path mountPoint) throws Exception {
        assumeTrue(mountTmpfs(mountPoint, "48m"), "mounting a small file system is not allowed here");
        DiskLimits withoutReserve = new DiskLimits(0, 0, 64 * MIB);
        try (EmbeddedBroker broker =
                EmbeddedBroker.startChild(BrokerSpec.in(mountPoint).withDisk(withoutReserve))) {
            Records records = new Records(broker.connection(), "t").make();

            assertThatThrownBy(() -> records.write(1_000)).isInstanceOf(Exception.class);

            Waiting.until(
                    Duration.ofSeconds(30),
                    () -> broker.health().detail().startsWith("disk full under " + mountPoint),
                    broker::health);
        } finally {
            unmount(mountPoint);
        }
    }

    private static boolean mountTmpfs(Path mountPoint, String size) throws IOException, InterruptedException {
        return run("mount", "-t", "tmpfs", "-o", "size=" + size, "sightline-test", mountPoint.toString());
    }

    /** A child that was just ended may hold the folder for a moment: it goes as soon as nobody does. */
    private static void unmount(Path mountPoint) throws IOException, InterruptedException {
        assertThat(run("umount", "--lazy", mountPoint.toString())).isTrue();
    }

    private static boolean run(String... command) throws IOException, InterruptedException {
        try {
            return new ProcessBuilder(command)
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException notInstalled) {
            return false;
        }
    }
}
