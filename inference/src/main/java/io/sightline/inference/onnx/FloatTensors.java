package io.sightline.inference.onnx;

import com.google.protobuf.ByteString;
import io.sightline.inference.onnx.format.OnnxFormat.Tensor;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;

/** The two forms in which ONNX writes 32-bit floats into a file. */
final class FloatTensors {
    static final int FLOAT = 1;

    private FloatTensors() {}

    /** Whether it holds floats, in this file. */
    static boolean isReadable(Tensor tensor) {
        return tensor.getDataType() == FLOAT && tensor.getDataLocation() == 0;
    }

    static FloatBuffer values(Tensor tensor) {
        if (tensor.hasRawData()) {
            return tensor.getRawData()
                    .asReadOnlyByteBuffer()
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .asFloatBuffer();
        }
        FloatBuffer values = FloatBuffer.allocate(tensor.getFloatDataCount());
        tensor.getFloatDataList().forEach(values::put);
        return values.flip();
    }

    static ByteString raw(float[] values) {
        ByteBuffer raw = ByteBuffer.allocate(values.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        raw.asFloatBuffer().put(values);
        return ByteString.copyFrom(raw);
    }
}
