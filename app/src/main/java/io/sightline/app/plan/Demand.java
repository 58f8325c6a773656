package io.sightline.app.plan;

import java.util.Locale;
import java.util.OptionalDouble;

/**
 * What is to be carried.
 *
 * @param fps frames a second taken of each camera
 * @param widthPx of the pictures that travel
 * @param facesPerFrame on average, over all cameras and hours that count
 * @param replicas of each record
 * @param people enrolled, with five templates each
 * @param headroom cores are planned so many times as many as the mean load takes
 * @param gpuFacesPerSecond of one GPU, as {@code bench embed} measured it there; empty: vectors are computed on CPUs
 */
public record Demand(
        int cameras,
        double fps,
        int widthPx,
        double facesPerFrame,
        int replicas,
        int people,
        double headroom,
        OptionalDouble gpuFacesPerSecond) {
    public static final double HEADROOM = 1.5;
    private static final int MAX_CAMERAS = 100_000;
    private static final double MAX_FPS = 120;
    private static final int MIN_WIDTH_PX = 160;
    private static final int MAX_WIDTH_PX = 7_680;
    private static final double MAX_FACES = 200;
    private static final int MAX_REPLICAS = 7;
    private static final int MAX_PEOPLE = 10_000_000;
    private static final double MAX_HEADROOM = 10;
    private static final double MAX_GPU = 1_000_000;

    public Demand {
        within("--cameras", cameras, 1, MAX_CAMERAS, "cameras");
        within("--fps", fps, Math.ulp(0.0), MAX_FPS, "frames a second");
        within("--width", widthPx, MIN_WIDTH_PX, MAX_WIDTH_PX, "pixels");
        within("--faces", facesPerFrame, 0, MAX_FACES, "faces in a frame");
        within("--replicas", replicas, 1, MAX_REPLICAS, "copies of each record");
        within("--people", people, 0, MAX_PEOPLE, "persons");
        within("--headroom", headroom, 1, MAX_HEADROOM, "times the mean load");
        if (gpuFacesPerSecond.isPresent()) {
            within("--gpu", gpuFacesPerSecond.getAsDouble(), 1, MAX_GPU, "faces a second");
        }
    }

    public double framesPerSecond() {
        return cameras * fps;
    }

    private static void within(String option, double value, double least, double most, String what) {
        if (!(value >= least && value <= most)) {
            String lowest = least == Math.ulp(0.0) ? "more than 0" : text(least);
            throw new IllegalArgumentException(
                    option + " is " + text(value) + ": give " + lowest + " to " + text(most) + " " + what);
        }
    }

    private static String text(double value) {
        return value == Math.rint(value) && Math.abs(value) < 1e15
                ? String.format(Locale.ROOT, "%d", (long) value)
                : String.format(Locale.ROOT, "%s", value);
    }
}
