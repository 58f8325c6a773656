package io.sightline.app;

import io.sightline.app.cli.SightlineCommand;

/** Where the program starts: reads the command line, runs the command, exits with its code. */
public final class Main {
    private Main() {}

    public static void main(String[] arguments) {
        System.exit(SightlineCommand.run(arguments));
    }
}
