package io.sightline.embed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sightline.inference.RgbImage;
import io.sightline.inference.align.FaceAligner;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class SharedFaceNetworkTest {
    private static final Duration LONG = Duration.ofSeconds(10);

    private final ConcurrentLinkedQueue<Integer> runs = new ConcurrentLinkedQueue<>();
    private final ConcurrentLinkedQueue<Long> waits = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean isClosed = new AtomicBoolean();

    @Test
    void framesOfSeveralThreadsShareARunAndEachGetsItsOwnVectors() throws Exception {
        try (SharedFaceNetwork network = new SharedFaceNetwork(firstByte(), LONG, waits::add)) {
            List<CompletableFuture<List<float[]>>> frames = new ArrayList<>();
            for (int frame = 0; frame < 16; frame++) {
                List<RgbImage> faces = List.of(face(2 * frame), face(2 * frame + 1));
                CompletableFuture<List<float[]>> vectors = new CompletableFuture<>();
                new Thread(() -> vectors.complete(network.vectors(faces)), "frame-" + frame).start();
                frames.add(vectors);
            }

            for (int frame = 0; frame < 16; frame++) {
                List<float[]> vectors = frames.get(frame).get(20, TimeUnit.SECONDS);
                assertThat(vectors).extracting(vector -> vector[0]).containsExactly(2f * frame, 2f * frame + 1);
            }
        }

        assertThat(runs).containsExactly(32);
        assertThat(waits).hasSize(16).allSatisfy(nanos -> assertThat(nanos).isNotNegative());
        assertThat(isClosed).isTrue();
    }

    @Test
    void frameAloneGoesWhenItHasWaitedLongEnough() {
        try (SharedFaceNetwork network = new SharedFaceNetwork(firstByte(), Duration.ofMillis(5), waits::add)) {
            assertThat(network.vectors(List.of(face(7))))
                    .singleElement()
                    .satisfies(vector -> assertThat(vector).containsExactly(7f));
        }

        assertThat(runs).containsExactly(1);
    }

    @Test
    void threadThatIsInterruptedStopsWaitingAndStaysInterrupted() {
        try (SharedFaceNetwork network = new SharedFaceNetwork(firstByte(), LONG, waits::add)) {
            Thread.currentThread().interrupt();

            assertThatThrownBy(() -> network.vectors(List.of(face(1)))).isInstanceOf(IllegalStateException.class);
            assertThat(Thread.interrupted()).isTrue();
        }
    }

    private FaceNetwork firstByte() {
        return new FaceNetwork() {
            @Override
            public String modelId() {
                return "first-byte";
            }

            @Override
            public List<float[]> vectors(List<RgbImage> aligned) {
                runs.add(aligned.size());
                return aligned.stream().map(face -> new float[] {face.rgb()[0]}).toList();
            }

            @Override
            public void close() {
                isClosed.set(true);
            }
        };
    }

    private static RgbImage face(int firstByte) {
        byte[] rgb = new byte[FaceAligner.SIDE_PX * FaceAligner.SIDE_PX * RgbImage.CHANNELS];
        rgb[0] = (byte) firstByte;
        return RgbImage.adopt(FaceAligner.SIDE_PX, FaceAligner.SIDE_PX, rgb);
    }
}
