package io.sightline.inference.onnx;

import java.util.Arrays;

/** A result as plain floats: the last dimension is adjacent. The arrays belong to the caller. */
public final class Tensor {
    private final long[] shape;
    private final float[] values;

    Tensor(long[] shape, float[] values) {
        this.shape = shape;
        this.values = values;
    }

    public int rank() {
        return shape.length;
    }

    public int dimension(int axis) {
        return (int) shape[axis];
    }

    public long[] shape() {
        return shape.clone();
    }

    /** All values, row-major; the array itself, not a copy. */
    public float[] values() {
        return values;
    }

    @Override
    public String toString() {
        return "Tensor" + Arrays.toString(shape);
    }
}
