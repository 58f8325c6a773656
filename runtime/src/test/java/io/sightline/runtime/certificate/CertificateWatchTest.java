package io.sightline.runtime.certificate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Against a TLS server whose certificate Java's keytool makes. */
@Timeout(60)
final class CertificateWatchTest {
    private static final int DAYS = 12;
    private static final double DAY_SECONDS = 86_400;

    @TempDir
    private Path folder;

    private final String password = UUID.randomUUID().toString();
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();

    @Test
    void secondsUntilTheServersCertificateExpiresAreShown() throws Exception {
        try (ServerSocket server = tlsServer()) {
            InetSocketAddress address = InetSocketAddress.createUnresolved("127.0.0.1", server.getLocalPort());
            Clock noonToday = Clock.fixed(Instant.now(), ZoneOffset.UTC);

            try (CertificateWatch watch = CertificateWatch.start(Map.of("kafka", List.of(address)), noonToday, registry)
                    .orElseThrow()) {
                assertThat(watch).isNotNull();
                awaitFigure();
            }

            assertThat(secondsLeft()).isCloseTo(DAYS * DAY_SECONDS, within(DAY_SECONDS));
        }
    }

    @Test
    void serverThatIsAwayShowsNoFigure() throws Exception {
        InetSocketAddress nobody;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            nobody = InetSocketAddress.createUnresolved("127.0.0.1", free.getLocalPort());
        }

        try (CertificateWatch watch = CertificateWatch.start(
                        Map.of("redis", List.of(nobody)), Clock.systemUTC(), registry)
                .orElseThrow()) {
            assertThat(watch).isNotNull();
            assertThat(registry.get("sightline.certificate.expiry").gauge().value())
                    .isNaN();
        }
    }

    @Test
    void withoutServersThatSpeakTlsNothingIsWatched() {
        assertThat(CertificateWatch.start(Map.of(), Clock.systemUTC(), registry))
                .isEmpty();
    }

    private double secondsLeft() {
        return registry.get("sightline.certificate.expiry")
                .tag("use", "kafka")
                .gauge()
                .value();
    }

    private void awaitFigure() {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        while (Double.isNaN(secondsLeft()) && System.nanoTime() < deadline) {
            LockSupport.parkNanos(20_000_000);
        }
        assertThat(secondsLeft()).isNotNaN();
    }

    private ServerSocket tlsServer() throws Exception {
        SSLContext context = SSLContext.getInstance("TLS");
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(keyStore(), password.toCharArray());
        context.init(keys.getKeyManagers(), null, null);
        ServerSocket server =
                context.getServerSocketFactory().createServerSocket(0, 4, InetAddress.getLoopbackAddress());
        Thread serving = new Thread(() -> serve(server), "tls-server");
        serving.setDaemon(true);
        serving.start();
        return server;
    }

    /** Until the server is closed; clients that leave in the middle of a handshake are what is wanted here. */
    private static void serve(ServerSocket server) {
        while (!server.isClosed()) {
            try (SSLSocket client = (SSLSocket) server.accept()) {
                client.startHandshake();
            } catch (IOException e) {
                // the watch leaves when it has seen the certificate
            }
        }
    }

    private KeyStore keyStore() throws Exception {
        Path file = folder.resolve("keys.p12");
        Process keytool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-alias",
                        "server",
                        "-keyalg",
                        "EC",
                        "-dname",
                        "CN=localhost",
                        "-validity",
                        Integer.toString(DAYS),
                        "-storetype",
                        "PKCS12",
                        "-storepass",
                        password,
                        "-keystore",
                        file.toString())
                .inheritIO()
                .start();
        assertThat(keytool.waitFor()).isZero();
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(file)) {
            keys.load(in, password.toCharArray());
        }
        return keys;
    }
}
