package io.sightline.contracts.frame;

/**
 * One captured frame: camera, epoch (one life of the camera's capture, its start in ms, growing) and sequence number
 * (0, 1, 2 … within the epoch). Written {@code camera/epoch/seq}.
 */
public record FrameId(CameraId camera, long epoch, long seq) {
    public FrameId {
        if (epoch < 0 || seq < 0) {
            throw new IllegalArgumentException("frame " + camera + "/" + epoch + "/" + seq + ": negative number");
        }
    }

    /** Reads the written form; throws {@link IllegalArgumentException} that names the text. */
    public static FrameId parse(String text) {
        String[] parts = text.split("/", -1);
        if (parts.length != 3) {
            throw new IllegalArgumentException("frame id '" + text + "' is not camera/epoch/seq");
        }
        try {
            return new FrameId(new CameraId(parts[0]), Long.parseLong(parts[1]), Long.parseLong(parts[2]));
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("frame id '" + text + "' is not camera/epoch/seq", e);
        }
    }

    @Override
    public String toString() {
        return camera + "/" + epoch + "/" + seq;
    }
}
