package io.sightline.match.gallery;

import redis.clients.jedis.exceptions.JedisAccessControlException;
import redis.clients.jedis.exceptions.JedisConnectionException;

/** A failed Redis call in a sentence that says what to do. */
final class RedisProblem {
    private RedisProblem() {}

    static String explain(RedisSettings settings, Exception failure) {
        String said = firstLine(failure);
        if (failure instanceof JedisAccessControlException
                || said.startsWith("NOAUTH")
                || said.startsWith("WRONGPASS")) {
            return "Redis at " + settings.url() + " refuses us: check redis.user and redis.password";
        }
        if (said.startsWith("OOM")) {
            return "Redis at " + settings.url()
                    + " is full (maxmemory is reached and its policy evicts nothing): raise maxmemory or remove persons;"
                    + " nothing was changed";
        }
        if (said.startsWith("LOADING")) {
            return "Redis at " + settings.url() + " is still loading its data: try again in a moment";
        }
        if (said.startsWith("READONLY")) {
            return "Redis at " + settings.url() + " is a read-only replica: give the address of its primary";
        }
        if (failure instanceof JedisConnectionException) {
            return "no Redis answers at " + settings.url() + " (" + deepest(failure)
                    + "): start it, or check redis.url";
        }
        return "Redis at " + settings.url() + " said: " + said;
    }

    private static String deepest(Throwable failure) {
        Throwable cause = failure;
        while (cause.getCause() != null && cause.getCause() != cause) {
            cause = cause.getCause();
        }
        return firstLine(cause);
    }

    private static String firstLine(Throwable failure) {
        return String.valueOf(failure.getMessage()).lines().findFirst().orElse("");
    }
}
