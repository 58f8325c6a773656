package io.sightline.ingest;

import io.sightline.ingest.capture.CaptureException;
import io.sightline.ingest.capture.CaptureTools;
import io.sightline.ingest.capture.EncodedPicture;
import io.sightline.ingest.capture.Interrupt;
import io.sightline.ingest.capture.InterruptHub;
import io.sightline.ingest.capture.JpegEncoder;
import io.sightline.ingest.capture.NativeCount;
import io.sightline.ingest.capture.OpenRequest;
import io.sightline.ingest.capture.VideoCapture;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import javax.imageio.ImageIO;
import org.bytedeco.ffmpeg.global.avutil;

/** The capture core for tests, which see at the end that no native object was left open. */
public final class TestCapture implements AutoCloseable {
    public final NativeCount natives = new NativeCount();
    public final InterruptHub hub = new InterruptHub(System::nanoTime);
    public final Interrupt interrupt = hub.register();
    public final CaptureTools tools =
            new CaptureTools(hub, natives, () -> ChronoUnit.MICROS.between(Instant.EPOCH, Instant.now()));

    public TestCapture() {
        avutil.av_log_set_level(avutil.AV_LOG_QUIET);
    }

    public VideoCapture open(OpenRequest request) throws CaptureException {
        return VideoCapture.open(request, tools, interrupt);
    }

    public EncodedPicture encode(VideoCapture capture, int quality) {
        try (JpegEncoder encoder = new JpegEncoder(0, natives)) {
            return encoder.encode(capture.picture(), quality);
        }
    }

    public static OpenRequest file(Path path) {
        return file(path, Duration.ZERO);
    }

    public static OpenRequest file(Path path, Duration startAt) {
        return new OpenRequest(
                "file:" + path,
                path.toString(),
                OpenRequest.Transport.FILE,
                "",
                Duration.ofSeconds(5),
                Duration.ofSeconds(5),
                Optional.empty(),
                startAt);
    }

    public static OpenRequest network(String address, Duration openTimeout, Duration readTimeout) {
        CameraSource source = CameraSource.parse(address);
        CaptureSettings d = CaptureSettings.defaults();
        CaptureSettings settings = new CaptureSettings(
                d.fps(), d.maxWidthPx(), d.jpegQuality(), openTimeout, readTimeout, d.tls(), d.filePlay());
        return new CameraSpec(new io.sightline.contracts.frame.CameraId("test"), source, settings).openRequest();
    }

    public static BufferedImage decode(EncodedPicture picture) {
        try {
            return ImageIO.read(new ByteArrayInputStream(picture.jpeg().bytes()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The mean grey of a picture's lower half, 0 to 255. */
    public static double greyOf(BufferedImage image) {
        double sum = 0;
        int count = 0;
        for (int y = image.getHeight() / 2; y < image.getHeight(); y += 4) {
            for (int x = 0; x < image.getWidth(); x += 4) {
                sum += (image.getRGB(x, y) >> 8) & 0xff;
                count++;
            }
        }
        return sum / count;
    }

    @Override
    public void close() {
        interrupt.close();
        hub.close();
    }
}
