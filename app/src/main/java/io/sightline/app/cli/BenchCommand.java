package io.sightline.app.cli;

import picocli.CommandLine.Command;

/** {@code sightline bench}: figures of this machine. */
@Command(
        name = "bench",
        mixinStandardHelpOptions = true,
        description = "Measures this machine.",
        subcommands = {PipelineBenchCommand.class, ModelsBenchCommand.class, EmbedBenchCommand.class})
final class BenchCommand {}
