package io.sightline.ingest.capture;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.bytedeco.ffmpeg.avformat.AVFormatContext;
import org.bytedeco.ffmpeg.avformat.AVIOInterruptCB;
import org.bytedeco.javacpp.Pointer;

/**
 * The one native callback through which all captures are interrupted.
 *
 * <p>JavaCPP gives out ten callbacks of a type in a process; the eleventh object is made without complaint and is never
 * called, so that its camera could hang for ever (measured with javacpp 1.5.13). So captures share one, and FFmpeg's
 * {@code opaque} argument, which is never followed as an address, carries the number of the capture. The callback is held
 * by this object, which must outlive all contexts: a collected callback ends the JVM.
 */
public final class InterruptHub implements AutoCloseable {
    private final Map<Long, Interrupt> byId = new ConcurrentHashMap<>();
    private final AtomicLong lastId = new AtomicLong();
    private final LongSupplier nanoTime;
    private final Callback callback = new Callback();

    /** {@code nanoTime} is a monotonic clock in nanoseconds. */
    public InterruptHub(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    /** An interrupt for one camera; its captures may come and go. */
    public Interrupt register() {
        long id = lastId.incrementAndGet();
        Interrupt interrupt = new Interrupt(id, this, nanoTime);
        byId.put(id, interrupt);
        return interrupt;
    }

    /** Interrupts that are registered. */
    public int registered() {
        return byId.size();
    }

    LongSupplier nanoTime() {
        return nanoTime;
    }

    void attach(AVFormatContext context, Interrupt interrupt) {
        context.interrupt_callback().callback(callback).opaque(new Token(interrupt.id()));
    }

    void forget(long id) {
        byId.remove(id);
    }

    /** After all captures are closed. */
    @Override
    public void close() {
        callback.close();
    }

    private final class Callback extends AVIOInterruptCB.Callback_Pointer {
        @Override
        public int call(Pointer opaque) {
            Interrupt interrupt = byId.get(opaque.address());
            return interrupt == null || interrupt.mustEnd() ? 1 : 0;
        }
    }

    private static final class Token extends Pointer {
        Token(long id) {
            address = id;
        }
    }
}
