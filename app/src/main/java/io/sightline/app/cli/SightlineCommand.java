package io.sightline.app.cli;

import io.sightline.app.evaluate.data.EvaluationDataException;
import io.sightline.app.pipeline.ProcessMeters;
import io.sightline.contracts.wire.MalformedMessageException;
import io.sightline.inference.ModelException;
import io.sightline.runtime.settings.Masking;
import io.sightline.runtime.settings.SettingsException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import org.apache.kafka.common.KafkaException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import redis.clients.jedis.exceptions.JedisException;

/** {@code sightline}: the commands, and how what went wrong is said. */
@Command(
        name = "sightline",
        mixinStandardHelpOptions = true,
        version = "sightline " + ProcessMeters.VERSION,
        description = "Who was seen where and when: camera frames through Kafka to names.",
        subcommands = {
            DemoCommand.class,
            RunCommand.class,
            RoleCommands.Ingest.class,
            RoleCommands.Detect.class,
            RoleCommands.Embed.class,
            RoleCommands.Match.class,
            GalleryCommand.class,
            TopicsCommand.class,
            ModelsCommand.class,
            DoctorCommand.class,
            TailCommand.class,
            BenchCommand.class,
            PlanCommand.class,
            HelpCommand.class
        })
public final class SightlineCommand implements Runnable {
    /** It ran and failed. */
    public static final int FAILED = 1;
    /** It was asked wrongly, or lacks something that it needs. */
    public static final int MISUSED = 2;

    private static final Logger LOG = LoggerFactory.getLogger(SightlineCommand.class);

    @Spec
    private CommandSpec spec;

    @SuppressWarnings("NullAway.Init") // picocli sets the field
    SightlineCommand() {}

    /** Runs the command line and returns the exit code. */
    public static int run(String... arguments) {
        return commandLine().execute(arguments);
    }

    static CommandLine commandLine() {
        return new CommandLine(new SightlineCommand())
                .registerConverter(Duration.class, new DurationConverter())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setUsageHelpAutoWidth(true)
                .setExecutionExceptionHandler((failure, commandLine, parsed) -> report(failure, commandLine));
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "say which command: demo and run are the first to try");
    }

    private static int report(Exception failure, CommandLine commandLine) {
        LOG.debug("command failed", failure);
        commandLine.getErr().println("sightline: " + sentence(failure));
        boolean isLacking = failure instanceof SettingsException
                || failure instanceof ModelException
                || failure instanceof EvaluationDataException
                || failure instanceof IllegalArgumentException
                || failure instanceof UnmetNeedException;
        if (!isExpected(failure)) {
            LOG.error("{} failed", commandLine.getCommandName(), failure);
        }
        return isLacking ? MISUSED : FAILED;
    }

    /** Failures of ours, of the disk and of the servers say enough by their sentence; others are bugs and show their stack. */
    private static boolean isExpected(Exception failure) {
        return failure.getClass().getName().startsWith("io.sightline.")
                || failure instanceof IllegalArgumentException
                || failure instanceof KafkaException
                || failure instanceof JedisException
                || failure instanceof IOException
                || failure instanceof UncheckedIOException;
    }

    private static String sentence(Exception failure) {
        String message = failure.getMessage() == null ? failure.toString() : failure.getMessage();
        String prefix = "";
        if (failure instanceof KafkaException) {
            prefix = "Kafka: ";
        } else if (failure instanceof JedisException) {
            prefix = "Redis: ";
        } else if (failure instanceof IOException || failure instanceof UncheckedIOException) {
            prefix = "file or network: ";
        } else if (failure instanceof MalformedMessageException) {
            prefix = "message: ";
        }
        return Masking.text(prefix + message);
    }
}
