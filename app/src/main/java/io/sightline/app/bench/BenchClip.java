package io.sightline.app.bench;

import io.sightline.app.demo.DemoClip;
import io.sightline.app.demo.DemoException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** What the benchmark's cameras show: twelve seconds of the demo's clip with one face in view, as 720p H.264 with a key frame a second. */
public final class BenchClip {
    private static final long LIMIT_SECONDS = 300;

    private BenchClip() {}

    /** Made once with the {@code ffmpeg} command and kept in {@code cache}; 16:9, so that the width is a multiple of 32. */
    public static Path locate(Path cache, int widthPx) throws IOException, DemoException {
        int heightPx = widthPx * 9 / 16;
        Path made = cache.resolve("bench-" + heightPx + "p-25.h264");
        if (Files.exists(made)) {
            return made;
        }
        Path source = DemoClip.locate(cache).clip();
        Path half = cache.resolve(
                "." + made.getFileName() + "." + ProcessHandle.current().pid());
        run(List.of(
                "ffmpeg",
                "-v",
                "error",
                "-nostdin",
                "-y",
                "-ss",
                "83",
                "-t",
                "12",
                "-i",
                source.toString(),
                "-an",
                "-vf",
                "scale=" + widthPx + ":" + heightPx + ",fps=25",
                "-c:v",
                "libx264",
                "-preset",
                "veryfast",
                "-g",
                "25",
                "-bf",
                "0",
                "-pix_fmt",
                "yuv420p",
                "-bsf:v",
                "h264_metadata=aud=insert",
                "-f",
                "h264",
                half.toString()));
        return Files.move(half, made, StandardCopyOption.ATOMIC_MOVE);
    }

    private static void run(List<String> command) throws IOException {
        Process process;
        try {
            process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
        } catch (IOException e) {
            throw new IOException(
                    "the benchmark's clip is made with ffmpeg, which is not there: apt-get install ffmpeg", e);
        }
        try {
            if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS) || process.exitValue() != 0) {
                process.destroyForcibly();
                throw new IOException("ffmpeg could not make the benchmark's clip: " + String.join(" ", command));
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while the benchmark's clip was made", e);
        }
    }
}
