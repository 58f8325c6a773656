package io.sightline.app.embedded;

import io.sightline.runtime.settings.Secret;

/** The lines of a configuration: one user with a password, on 127.0.0.1, every change on disk within a second. Pure. */
final class RedisConfig {
    private RedisConfig() {}

    static String of(RedisSpec spec, Secret password) {
        return String.join(
                "\n",
                "bind 127.0.0.1",
                "port " + spec.port(),
                "requirepass " + password.reveal(),
                "protected-mode yes",
                "dir " + quoted(spec.dataDir().toString()),
                "logfile " + quoted(spec.logFile().toString()),
                "loglevel warning",
                "appendonly yes",
                "appendfsync everysec",
                "save \"\"",
                "maxmemory-policy noeviction",
                "daemonize no",
                "tcp-keepalive 60",
                "timeout 0");
    }

    /** As {@code redis.conf} has it; a folder's name may hold spaces. */
    private static String quoted(String text) {
        return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }
}
