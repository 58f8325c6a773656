package io.sightline.app.cli;

import io.sightline.app.bench.PipelineBenchCommand;
import picocli.CommandLine.Command;

/** {@code sightline bench}: figures of this machine. */
@Command(
        name = "bench",
        mixinStandardHelpOptions = true,
        description = "Measures this machine.",
        subcommands = {PipelineBenchCommand.class})
final class BenchCommand {}
