package io.sightline.app.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

/** The command as a user types it. */
class PlanCommandTest {
    @Test
    void planOfFiveHundredCamerasSaysWhatTheyNeed() {
        Ended ended = plan("--cameras", "500", "--fps", "5", "--width", "1280");

        assertThat(ended.code()).as(ended.errors()).isZero();
        assertThat(ended.output())
                .startsWith("500 cameras at 5 fps, 1280 px wide, 1 faces a frame: 2500 frames/s")
                .contains(
                        "partitions", "ingest", "detect", "embed", "match", "kafka", "network", "redis", "measured on");
    }

    @Test
    void jsonHoldsTheSamePlanInPlainUnits() throws Exception {
        Ended ended = plan("--cameras", "500", "--fps", "5", "--width", "1280", "--json");

        JsonNode json = new ObjectMapper().readTree(ended.output());
        assertThat(json.at("/frames_per_second").asDouble()).isEqualTo(2_500);
        assertThat(json.at("/partitions").asInt())
                .isGreaterThanOrEqualTo(2 * json.at("/stages/detect/threads").asInt());
        double cores = json.at("/stages/detect/cpu_ms_per_frame").asDouble() * 2.5 * 1.5;
        assertThat(json.at("/stages/detect/cores").asDouble()).isCloseTo(cores, within(1e-6));
        assertThat(json.at("/kafka/disk_bytes_by_topic/frames").asDouble())
                .isPositive()
                .isLessThanOrEqualTo(json.at("/kafka/disk_bytes").asDouble());
        assertThat(json.at("/measured/command").asText()).startsWith("bench pipeline");
    }

    @Test
    void widerPicturesNeedMore() throws Exception {
        JsonNode narrow = new ObjectMapper()
                .readTree(plan("--cameras", "100", "--fps", "5", "--width", "640", "--json")
                        .output());
        JsonNode wide = new ObjectMapper()
                .readTree(plan("--cameras", "100", "--fps", "5", "--width", "1920", "--json")
                        .output());

        for (String figure : List.of(
                "/kafka/in_bytes_per_second", "/kafka/disk_bytes", "/stages/ingest/cores", "/stages/detect/cores")) {
            assertThat(wide.at(figure).asDouble())
                    .as(figure)
                    .isGreaterThan(narrow.at(figure).asDouble());
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    --cameras 0 --fps 5                     | --cameras is 0: give 1 to 100000 cameras
                    --cameras 10 --fps -1                   | --fps is -1: give more than 0
                    --cameras 10 --fps 5 --width 1000000    | --width is 1000000: give 160 to 7680 pixels
                    --cameras 10 --fps 5 --gpu 0            | --gpu is 0
                    --cameras 10                            | Missing required option: '--fps
                    --cameras ten --fps 5                   | Invalid value for option '--cameras'
                    --cameras 10 --fps 5 --measured nowhere.json | nowhere.json cannot be read
                    """)
    void whatCannotBePlannedGetsASentence(String arguments, String sentence) {
        Ended ended = plan(arguments.split(" "));

        assertThat(ended.code()).isEqualTo(SightlineCommand.MISUSED);
        assertThat(ended.errors()).contains(sentence).doesNotContain("\tat ");
    }

    private record Ended(int code, String output, String errors) {}

    private static Ended plan(String... arguments) {
        List<String> all = new ArrayList<>(List.of("plan"));
        all.addAll(List.of(arguments));
        StringWriter errors = new StringWriter();
        ByteArrayOutputStream output = new ByteArrayOutputStream();
        PrintStream before = System.out;
        System.setOut(new PrintStream(output, true, StandardCharsets.UTF_8));
        try {
            CommandLine commandLine = SightlineCommand.commandLine();
            commandLine.setErr(new PrintWriter(errors, true));
            int code = commandLine.execute(all.toArray(String[]::new));
            return new Ended(code, output.toString(StandardCharsets.UTF_8), errors.toString());
        } finally {
            System.setOut(before);
        }
    }
}
