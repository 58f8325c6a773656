package io.sightline.app.report.live;

import io.sightline.app.report.RunSnapshot;
import java.io.PrintStream;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Shows a run while it goes on: on a terminal a table redrawn in place, elsewhere plain lines. Owns one thread,
 * {@code live-view}, and nothing else; the stream stays open. While the table is up, nothing else may write to the terminal: send logs to a file.
 */
public final class LiveView implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(LiveView.class);
    private static final Duration REDRAW = Duration.ofMillis(500);
    private static final Duration STATUS = Duration.ofSeconds(5);
    private static final Duration JOIN = Duration.ofSeconds(5);
    private static final int TURNS_PER_SIZE = 4;

    private final Supplier<RunSnapshot> snapshots;
    private final PrintStream out;
    private final boolean isColoured;
    private final CountDownLatch stop = new CountDownLatch(1);
    private final Thread thread;

    private LiveView(Supplier<RunSnapshot> snapshots, PrintStream out, LiveMode mode) {
        this.snapshots = snapshots;
        this.out = out;
        this.isColoured = mode == LiveMode.COLOUR;
        this.thread = new Thread(mode == LiveMode.PLAIN ? this::log : this::draw, "live-view");
        this.thread.setDaemon(true);
    }

    /** Starts on standard output, as a table if that is a terminal ({@code NO_COLOR} in the environment takes the colours away). */
    public static LiveView start(Supplier<RunSnapshot> snapshots, Map<String, String> environment) {
        return start(snapshots, Terminal.standardOutput(), LiveMode.detect(environment));
    }

    /** Starts on a stream of the caller's, which must encode UTF-8. */
    public static LiveView start(Supplier<RunSnapshot> snapshots, PrintStream out, LiveMode mode) {
        LiveView view = new LiveView(snapshots, out, mode);
        view.thread.start();
        return view;
    }

    /** Draws the last state and ends the thread; gives the cursor back. Idempotent. */
    @Override
    public void close() {
        stop.countDown();
        try {
            thread.join(JOIN.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void draw() {
        TerminalFrames frames = new TerminalFrames();
        ScreenSize size = Terminal.size();
        print(TerminalFrames.BEGIN);
        try {
            boolean goesOn = true;
            for (int turn = 1; goesOn; turn++) {
                goesOn = !stopsWithin(REDRAW);
                size = turn % TURNS_PER_SIZE == 0 ? Terminal.size() : size;
                List<StyledLine> lines = LiveScreen.render(snapshots.get(), size);
                print(frames.next(lines.stream()
                        .map(isColoured ? StyledLine::ansi : StyledLine::plain)
                        .toList()));
            }
        } catch (RuntimeException e) {
            LOG.error("the live view has ended; the run goes on", e);
        } finally {
            print(TerminalFrames.END);
        }
    }

    private void log() {
        PlainLog log = new PlainLog(STATUS);
        try {
            boolean goesOn = true;
            while (goesOn) {
                goesOn = !stopsWithin(REDRAW);
                for (String line : log.lines(snapshots.get())) {
                    print(line + "\n");
                }
            }
        } catch (RuntimeException e) {
            LOG.error("the live log has ended; the run goes on", e);
        }
    }

    private void print(String text) {
        out.print(text);
        out.flush();
    }

    private boolean stopsWithin(Duration wait) {
        try {
            return stop.await(wait.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return true;
        }
    }
}
