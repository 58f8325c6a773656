package io.sightline.runtime.certificate;

import io.micrometer.core.instrument.MeterRegistry;
import io.sightline.runtime.metrics.Meters;
import io.sightline.runtime.metrics.SightlineMeter;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Shows for how long the certificates of servers are still good. Its owner closes it. */
public final class CertificateWatch implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(CertificateWatch.class);
    private static final Duration EVERY = Duration.ofHours(1);
    private static final Duration RETRY = Duration.ofMinutes(1);
    private static final long JOIN_MILLIS = 6_000;
    private static final double MILLIS_PER_SECOND = 1_000;

    private final Map<String, List<InetSocketAddress>> servers;
    private final Map<InetSocketAddress, Instant> expiries = new ConcurrentHashMap<>();
    private final CountDownLatch stopped = new CountDownLatch(1);
    private final Thread thread = new Thread(this::run, "sightline-certificates");

    private CertificateWatch(Map<String, List<InetSocketAddress>> servers, Clock clock, MeterRegistry registry) {
        this.servers = servers;
        servers.keySet()
                .forEach(use ->
                        Meters.gauge(registry, SightlineMeter.CERTIFICATE_EXPIRY, () -> secondsLeft(use, clock), use));
    }

    /**
     * Empty where no server speaks TLS.
     *
     * @param servers by what they are used for, such as {@code kafka}; of several the one that expires first counts
     */
    public static Optional<CertificateWatch> start(
            Map<String, List<InetSocketAddress>> servers, Clock clock, MeterRegistry registry) {
        if (servers.isEmpty()) {
            return Optional.empty();
        }
        CertificateWatch watch = new CertificateWatch(Map.copyOf(servers), clock, registry);
        watch.thread.setDaemon(true);
        watch.thread.start();
        return Optional.of(watch);
    }

    @Override
    public void close() {
        stopped.countDown();
        thread.interrupt();
        try {
            thread.join(JOIN_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        try {
            boolean areAllSeen;
            do {
                areAllSeen = look();
            } while (!stopped.await((areAllSeen ? EVERY : RETRY).toMillis(), TimeUnit.MILLISECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean look() {
        boolean areAllSeen = true;
        for (Map.Entry<String, List<InetSocketAddress>> use : servers.entrySet()) {
            for (InetSocketAddress server : use.getValue()) {
                areAllSeen &= look(use.getKey(), server);
            }
        }
        return areAllSeen;
    }

    private boolean look(String use, InetSocketAddress server) {
        try {
            expiries.put(server, CertificateExpiry.of(server));
            return true;
        } catch (IOException e) {
            LOG.debug("{}: no certificate from {}: {}", use, server, e.toString());
            return false;
        }
    }

    private double secondsLeft(String use, Clock clock) {
        return servers.getOrDefault(use, List.of()).stream()
                .flatMap(server -> Optional.ofNullable(expiries.get(server)).stream())
                .mapToDouble(expiry -> Duration.between(clock.instant(), expiry).toMillis() / MILLIS_PER_SECOND)
                .min()
                .orElse(Double.NaN);
    }
}
