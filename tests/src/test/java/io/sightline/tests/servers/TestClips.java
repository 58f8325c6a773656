package io.sightline.tests.servers;

import io.sightline.app.demo.DemoClip;
import io.sightline.app.demo.DemoException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/** Clips made with the {@code ffmpeg} command, once per checkout: they stay in {@code target/clips}. */
public final class TestClips {
    private static final Path FOLDER = Path.of("target", "clips").toAbsolutePath();
    private static final long LIMIT_SECONDS = 120;
    private static final int FPS = 25;
    private static final String X265 = "log-level=error:keyint=" + FPS + ":bframes=0";

    private TestClips() {}

    /** How pictures are coded. */
    public enum Codec {
        H264("h264"),
        H265("h265");

        private final String wireName;

        Codec(String wireName) {
            this.wireName = wireName;
        }

        /** An elementary stream with access unit delimiters, which the RTSP server cuts it at. */
        private List<String> elementary() {
            return switch (this) {
                case H264 -> List.of("-c:v", "libx264", "-bsf:v", "h264_metadata=aud=insert", "-f", "h264");
                case H265 -> List.of("-c:v", "libx265", "-x265-params", X265 + ":aud=1:repeat-headers=1", "-f", "hevc");
            };
        }

        /** As the RTSP server's settings have it. */
        String wireName() {
            return wireName;
        }
    }

    /**
     * An elementary stream with access unit delimiters and a key frame a second, to be served by {@link RtspServer}.
     *
     * @param fps pictures a second at which it is to be served
     */
    public record Clip(Path file, Codec codec, int fps) {}

    /** A moving test pattern of 1280×720, 4 s at 25 pictures a second. No face is in it. */
    public static Clip pattern(Codec codec) {
        String name = "pattern-720p-" + FPS + "." + codec.wireName();
        Path file = made(
                name,
                List.of("-f", "lavfi", "-i", "testsrc2=size=1280x720:rate=" + FPS, "-t", "4"),
                codec.elementary());
        return new Clip(file, codec, FPS);
    }

    /** The same as a file of H.264 with time stamps: {@code seconds} long, 640×360. */
    public static Path patternFile(int seconds) {
        return made(
                "pattern-360p-" + seconds + "s.mp4",
                List.of("-f", "lavfi", "-i", "testsrc2=size=640x360:rate=" + FPS, "-t", Integer.toString(seconds)),
                List.of("-c:v", "libx264", "-f", "mp4"));
    }

    /** A moving test pattern of 320×180 at 5 pictures a second, for many cameras on a small machine. */
    public static Path smallFile(int seconds) {
        return made(
                "pattern-180p-" + seconds + "s.mp4",
                List.of("-f", "lavfi", "-i", "testsrc2=size=320x180:rate=5:duration=" + seconds),
                List.of("-c:v", "libx264", "-f", "mp4"));
    }

    /**
     * As {@link #smallFile}, but after {@code movingSeconds} the last picture stays for ten minutes: what an encoder that hangs sends. Every
     * picture is a key frame of one quality, so that equal pictures stay equal.
     */
    public static Path freezingFile(int movingSeconds) {
        return made(
                "freezing-180p-" + movingSeconds + "s.mp4",
                List.of("-f", "lavfi", "-i", "testsrc2=size=320x180:rate=5:duration=" + movingSeconds),
                List.of(
                        "-vf",
                        "tpad=stop_mode=clone:stop_duration=600",
                        "-c:v",
                        "libx264",
                        "-g",
                        "1",
                        "-qp",
                        "28",
                        "-f",
                        "mp4"));
    }

    /**
     * A part of the demo's clip (faces of 50–90 px in 480×270), scaled to 1280×720 at 25 pictures a second; see the design's table
     * for who is seen when.
     */
    public static Clip demo(Codec codec, int fromSecond, int seconds) {
        String name = "demo-" + fromSecond + "-" + seconds + "s-720p-" + FPS + "." + codec.wireName();
        List<String> input = List.of(
                "-ss",
                Integer.toString(fromSecond),
                "-t",
                Integer.toString(seconds),
                "-i",
                demoFile().toString(),
                "-an",
                "-vf",
                "scale=1280:720,fps=" + FPS);
        return new Clip(made(name, input, codec.elementary()), codec, FPS);
    }

    /** The demo's clip whole, as it comes. */
    public static Path demoFile() {
        try {
            return DemoClip.locate(FOLDER).clip();
        } catch (DemoException e) {
            throw new AssertionError(e.getMessage(), e);
        }
    }

    private static synchronized Path made(String name, List<String> input, List<String> output) {
        Path target = FOLDER.resolve(name);
        if (Files.exists(target)) {
            return target;
        }
        RequiredServer.FFMPEG.require();
        Path half = FOLDER.resolve("part-" + ProcessHandle.current().pid() + "-" + name);
        List<String> command = new ArrayList<>(List.of("ffmpeg", "-v", "error", "-nostdin", "-y"));
        command.addAll(input);
        command.addAll(List.of("-preset", "ultrafast", "-g", Integer.toString(FPS), "-bf", "0", "-pix_fmt", "yuv420p"));
        command.addAll(output);
        command.add(half.toString());
        try {
            Files.createDirectories(FOLDER);
            run(command);
            return Files.move(half, target, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot make the clip " + target, e);
        }
    }

    static void run(List<String> command) throws IOException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        try {
            process.getOutputStream().close();
            String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS) || process.exitValue() != 0) {
                process.destroyForcibly();
                throw new IOException(String.format(
                        Locale.ROOT, "%s failed or took over %d s: %s", command.get(0), LIMIT_SECONDS, said));
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }
}
