package io.sightline.inference.card;

/**
 * A network's one input: the value of a channel byte x is {@code (x − mean) · scale}.
 *
 * @param name the tensor's name in the graph
 * @param mean in byte values, 0–255
 * @param scale above 0
 */
public record InputSpec(
        String name, Layout layout, Extent width, Extent height, ChannelOrder channels, float mean, float scale) {
    public InputSpec {
        if (name.isBlank()) {
            throw new IllegalArgumentException("an input without a name");
        }
        if (!Float.isFinite(mean) || !(scale > 0) || !Float.isFinite(scale)) {
            throw new IllegalArgumentException("mean " + mean + " and scale " + scale);
        }
    }

    /** The network's value of a channel byte, 0–255. */
    public float normalised(int channelByte) {
        return (channelByte - mean) * scale;
    }
}
