package io.sightline.tests.servers;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.AppenderBase;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.LoggerFactory;

/**
 * What is logged from now on until {@link #close}: all of Sightline's lines at the finest level, and others' as they are configured.
 * Thread-safe; bounded by a test's length.
 */
public final class CapturedLogs implements AutoCloseable {
    private static final String OURS = "io.sightline";

    private final Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    private final Logger ours = (Logger) LoggerFactory.getLogger(OURS);
    private final Optional<Level> levelBefore = Optional.ofNullable(ours.getLevel());
    private final Lines lines = new Lines();

    private CapturedLogs() {
        lines.setContext(root.getLoggerContext());
        lines.start();
        root.addAppender(lines);
        ours.setLevel(Level.TRACE);
    }

    public static CapturedLogs start() {
        return new CapturedLogs();
    }

    /** Message and stack trace of each event, in order. */
    public List<String> all() {
        return lines.texts(Level.TRACE);
    }

    /** Those of WARN and ERROR from Sightline's own classes. */
    public List<String> ourWarnings() {
        return lines.texts(Level.WARN).stream()
                .filter(line -> line.contains(" " + OURS))
                .toList();
    }

    @Override
    public void close() {
        root.detachAppender(lines);
        lines.stop();
        ours.setLevel(levelBefore.orElse(null));
    }

    private static final class Lines extends AppenderBase<ILoggingEvent> {
        private final List<ILoggingEvent> events = new ArrayList<>();

        @Override
        protected void append(ILoggingEvent event) {
            event.prepareForDeferredProcessing();
            synchronized (events) {
                events.add(event);
            }
        }

        private List<String> texts(Level atLeast) {
            synchronized (events) {
                return events.stream()
                        .filter(event -> event.getLevel().isGreaterOrEqual(atLeast))
                        .map(Lines::text)
                        .toList();
            }
        }

        private static String text(ILoggingEvent event) {
            IThrowableProxy thrown = event.getThrowableProxy();
            return event.getLevel() + " " + event.getLoggerName() + ": " + event.getFormattedMessage() + " "
                    + event.getKeyValuePairs() + (thrown == null ? "" : "\n" + ThrowableProxyUtil.asString(thrown));
        }
    }
}
