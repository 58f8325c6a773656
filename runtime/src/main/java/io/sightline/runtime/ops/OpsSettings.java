package io.sightline.runtime.ops;

import io.sightline.runtime.settings.Section;

/**
 * Where the ops port is.
 *
 * @param bind the address to listen on; 127.0.0.1 keeps it to this machine
 * @param port 0 takes any that is free
 */
public record OpsSettings(String bind, int port) {
    private static final int MAX_PORT = 65_535;

    public OpsSettings {
        if (port < 0 || port > MAX_PORT) {
            throw new IllegalArgumentException("ops port " + port + " is not from 0 to " + MAX_PORT);
        }
    }

    public static OpsSettings defaults() {
        return new OpsSettings("127.0.0.1", 0);
    }

    /** Reads the section {@code ops}. */
    public static OpsSettings read(Section section) {
        OpsSettings def = defaults();
        return new OpsSettings(section.text("bind", def.bind()), section.integer("port", def.port(), 0, MAX_PORT));
    }
}
