package io.sightline.app.embedded;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/** A program of its own that starts a broker and a Redis and waits: a test kills it, to see that both end with it. */
final class ServersOfAnotherProgram {
    private ServersOfAnotherProgram() {}

    /** Prints the process ids of both. */
    public static void main(String[] arguments) throws IOException {
        Path data = Path.of(arguments[0]);
        try (EmbeddedBroker broker = EmbeddedBroker.startChild(brokerSpec(data));
                EmbeddedRedis redis = EmbeddedRedis.start(redisSpec(data))) {
            System.out.println(broker.pid() + " " + redis.pid());
            System.in.read();
        }
    }

    static BrokerSpec brokerSpec(Path data) {
        return BrokerSpec.in(data.resolve("kafka"));
    }

    static RedisSpec redisSpec(Path data) {
        return RedisSpec.in(data.resolve("redis"), data.resolve("cache"));
    }

    static Process start(Path data) throws IOException {
        return new ProcessBuilder(ChildCommand.java(ServersOfAnotherProgram.class, List.of("-Xmx96m"), data.toString()))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    /** The process ids that it prints: broker, Redis. */
    static long[] pids(Process program) throws IOException {
        String line = program.inputReader(StandardCharsets.UTF_8).readLine();
        if (line == null) {
            throw new IOException("the program ended before its servers ran");
        }
        String[] parts = line.split(" ", -1);
        return new long[] {Long.parseLong(parts[0]), Long.parseLong(parts[1])};
    }
}
