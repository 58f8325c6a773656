package io.sightline.ingest.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import io.sightline.ingest.TestCameras;
import io.sightline.ingest.TestCapture;
import io.sightline.ingest.capture.OpenRequest.Tls;
import io.sightline.ingest.capture.VideoCapture.Step;
import io.sightline.ingest.life.CameraCause;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class TlsCaptureTest {
    private static final String STORE_PASSWORD = "changeit";

    @TempDir
    private Path folder;

    private final TestCapture test = new TestCapture();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private HttpsServer server;
    private Path certificate;

    @BeforeEach
    void startCameraWithItsOwnCertificate() throws Exception {
        Path store = folder.resolve("camera.p12");
        keytool(
                "-genkeypair",
                "-keystore",
                store.toString(),
                "-alias",
                "camera",
                "-keyalg",
                "RSA",
                "-dname",
                "CN=127.0.0.1",
                "-ext",
                "san=ip:127.0.0.1",
                "-ext",
                "bc=ca:true");
        certificate = folder.resolve("camera.pem");
        keytool(
                "-exportcert",
                "-rfc",
                "-keystore",
                store.toString(),
                "-alias",
                "camera",
                "-file",
                certificate.toString());
        server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 5);
        server.setHttpsConfigurator(new HttpsConfigurator(context(store)));
        server.setExecutor(threads);
        server.createContext("/picture", TlsCaptureTest::picture);
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
        threads.shutdownNow();
        test.close();
        assertThat(test.natives.open()).isZero();
    }

    @Test
    void certificateOfAnUnknownAuthorityIsRefused() {
        CaptureException e = catchThrowableOfType(
                CaptureException.class, () -> open(new Tls(Tls.Verify.YES, Optional.empty()), url()));

        assertThat(e.why()).isEqualTo(CameraCause.TLS);
        assertThat(e).hasMessageContaining("check its certificate and ca-file");
    }

    @Test
    void certificateInTheCaFileIsTrusted() throws CaptureException {
        try (VideoCapture capture = open(new Tls(Tls.Verify.YES, Optional.of(certificate)), url())) {
            assertThat(capture.next()).isEqualTo(Step.PICTURE);
        }
    }

    @Test
    void certificateIsNotCheckedWhereThatIsAskedFor() throws CaptureException {
        try (VideoCapture capture = open(new Tls(Tls.Verify.NO, Optional.empty()), url())) {
            assertThat(capture.next()).isEqualTo(Step.PICTURE);
        }
    }

    @Test
    void serverThatSpeaksNoTlsIsATlsFailure() throws IOException {
        try (ServerSocket plain = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            threads.execute(() -> answerPlainly(plain));
            String url = "https://127.0.0.1:" + plain.getLocalPort() + "/picture";

            CaptureException e = catchThrowableOfType(
                    CaptureException.class, () -> open(new Tls(Tls.Verify.YES, Optional.empty()), url));

            assertThat(e.why()).isEqualTo(CameraCause.TLS);
        }
    }

    private VideoCapture open(Tls tls, String url) throws CaptureException {
        return test.open(new OpenRequest(
                url,
                url,
                OpenRequest.Transport.HTTP,
                "127.0.0.1",
                Duration.ofSeconds(10),
                Duration.ofSeconds(10),
                Optional.of(tls),
                Duration.ZERO));
    }

    private String url() {
        return "https://127.0.0.1:" + server.getAddress().getPort() + "/picture";
    }

    private static void picture(HttpExchange exchange) throws IOException {
        byte[] jpeg = TestCameras.jpeg(100);
        exchange.getResponseHeaders().set("Content-Type", "image/jpeg");
        exchange.sendResponseHeaders(200, jpeg.length);
        try (OutputStream out = exchange.getResponseBody()) {
            out.write(jpeg);
        }
    }

    private static void answerPlainly(ServerSocket plain) {
        try (Socket socket = plain.accept()) {
            socket.getOutputStream().write("HTTP/1.1 400 Bad Request\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static SSLContext context(Path store) throws Exception {
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(store)) {
            keys.load(in, STORE_PASSWORD.toCharArray());
        }
        KeyManagerFactory managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        managers.init(keys, STORE_PASSWORD.toCharArray());
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(managers.getKeyManagers(), null, null);
        return context;
    }

    private static void keytool(String... arguments) throws Exception {
        java.util.List<String> command = new java.util.ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
        command.addAll(java.util.List.of(arguments));
        command.addAll(java.util.List.of("-storepass", STORE_PASSWORD));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(said).isZero();
    }
}
