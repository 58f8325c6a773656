package io.sightline.inference.onnx;

import io.sightline.inference.ModelException;
import io.sightline.inference.card.ModelCard;
import io.sightline.inference.store.VerifiedModel;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.concurrent.locks.ReentrantReadWriteLock;

/**
 * A network that is ready to run, from any number of threads at once; its owner closes it. Opening verifies the file's
 * hash, and by one run that its shapes are the card's, so the first real run is warm.
 */
public final class OnnxModel implements AutoCloseable {
    private final ModelCard card;
    private final OnnxSession session;
    private final ProviderChoice choice;
    private final InputBuffers buffers = new InputBuffers();
    private final ReentrantReadWriteLock use = new ReentrantReadWriteLock();

    private OnnxModel(ModelCard card, ProviderSearch.Found<OnnxSession> found) {
        this.card = card;
        this.session = found.opened();
        this.choice = found.choice();
    }

    /** Throws {@link ModelException} when hash or shapes do not fit the card, and {@link ProviderException} when a provider is missing. */
    public static OnnxModel open(VerifiedModel verified, OnnxOptions options) {
        ModelCard card = verified.card();
        OnnxModel model = new OnnxModel(card, new SessionOpener(verified, options).open());
        try {
            ShapeCheck.checkDeclared(card, model.session);
            model.warmUp();
            return model;
        } catch (RuntimeException e) {
            model.close();
            throw e;
        }
    }

    public ModelCard card() {
        return card;
    }

    /** Where it is computed: the first listed provider that works. */
    public ProviderChoice choice() {
        return choice;
    }

    /** A direct buffer for one input of {@code shape}, which {@link #run(FloatBuffer, long...)} takes without a copy. */
    public static FloatBuffer inputBuffer(long... shape) {
        long floats = ShapeCheck.elements(shape);
        return ByteBuffer.allocateDirect(Math.toIntExact(Math.multiplyExact(floats, Float.BYTES)))
                .order(ByteOrder.nativeOrder())
                .asFloatBuffer();
    }

    /**
     * Computes one input, which is read from position to limit and not changed; no other thread may write it meanwhile.
     *
     * @param shape {@code [batch, 3, height, width]}
     */
    public TensorMap run(FloatBuffer input, long... shape) {
        checkInput(input.remaining(), shape);
        use.readLock().lock();
        try {
            return input.isDirect() ? session.run(input.duplicate(), shape) : runCopied(input.duplicate(), shape);
        } finally {
            use.readLock().unlock();
        }
    }

    /** As {@link #run(FloatBuffer, long...)}, with a copy of {@code input} into a buffer that is used again. */
    public TensorMap run(float[] input, long... shape) {
        return run(FloatBuffer.wrap(input), shape);
    }

    /** One run at the card's size, or at a small one where it is free, compared with the card. */
    public void warmUp() {
        long[] probe = ShapeCheck.probe(card.input());
        warmUp(Math.toIntExact(probe[3]), Math.toIntExact(probe[2]));
    }

    /** One run of a black picture of that size, so that the next of it finds its memory planned. */
    public void warmUp(int widthPx, int heightPx) {
        long[] shape = {1, 3, heightPx, widthPx};
        ShapeCheck.checkInput(card, shape);
        float[] black = new float[Math.toIntExact(ShapeCheck.elements(shape))];
        Arrays.fill(black, card.input().normalised(0));
        ShapeCheck.checkOutputs(card, run(black, shape), widthPx, heightPx);
    }

    /** Waits for runs under way, then frees the session. Closing again does nothing. */
    @Override
    public void close() {
        use.writeLock().lock();
        try {
            session.close();
        } finally {
            use.writeLock().unlock();
        }
    }

    private TensorMap runCopied(FloatBuffer input, long[] shape) {
        FloatBuffer direct = buffers.take(input.remaining());
        try {
            direct.put(input).flip();
            return session.run(direct, shape);
        } finally {
            buffers.giveBack(direct);
        }
    }

    private void checkInput(int floats, long[] shape) {
        ShapeCheck.checkInput(card, shape);
        if (floats != ShapeCheck.elements(shape)) {
            throw new IllegalArgumentException("an input of shape " + Arrays.toString(shape) + " takes "
                    + ShapeCheck.elements(shape) + " values, got " + floats);
        }
    }
}
