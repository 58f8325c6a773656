package io.sightline.tests.boards;

import static io.sightline.runtime.metrics.SightlineMeter.CAMERA_FRAME_AGE;
import static io.sightline.runtime.metrics.SightlineMeter.CAMERA_PICTURE_AGE;
import static io.sightline.runtime.metrics.SightlineMeter.CAMERA_STATE;
import static io.sightline.runtime.metrics.SightlineMeter.FRAMES_SETTLED;

import io.sightline.runtime.metrics.SightlineMeter;

/** What is wrong with a camera, in one expression. */
final class Troubles {
    /** A picture that stands still for longer is frozen: the alert's limit. */
    static final int FROZEN_SECONDS = 30;
    /** A camera without a frame for longer is silent. */
    static final int SILENT_SECONDS = 10;
    /** A camera that loses more is shedding: the alert's limit. */
    static final double SHEDDING_SHARE = 0.05;

    private Troubles() {}

    /** By camera, a number of {@link Words#TROUBLE}: the first that holds of ended, frozen, silent, shedding; else fine. */
    static String camera(String cameras) {
        String state = of(CAMERA_STATE, cameras).min("camera");
        String frameAge = of(CAMERA_FRAME_AGE, cameras).min("camera");
        String pictureAge = of(CAMERA_PICTURE_AGE, cameras).min("camera");
        return String.join(
                "\nor ",
                "(" + Words.TROUBLE.number("ended") + " * (" + state + " >= bool 3) > 0)",
                "(" + Words.TROUBLE.number("frozen") + " * (" + pictureAge + " > bool " + FROZEN_SECONDS + ") * ("
                        + frameAge + " <= bool " + SILENT_SECONDS + ") > 0)",
                "(" + Words.TROUBLE.number("silent") + " * (" + frameAge + " > bool " + SILENT_SECONDS + ") > 0)",
                "(" + Words.TROUBLE.number("shedding") + " * (" + lostShare(cameras) + " > bool " + SHEDDING_SHARE
                        + ") > 0)",
                "(" + Words.TROUBLE.number("silent") + " * (" + state + " == bool 0))");
    }

    /** By camera, the share of settled frames that were shed or rejected. */
    static String lostShare(String cameras) {
        Series settled = of(FRAMES_SETTLED, cameras);
        String all = settled.rateOver("1m", "camera");
        String lost = settled.where("outcome", "shed|rejected").rateOver("1m", "camera");
        return "(" + lost + " or 0 * " + all + ") / " + all;
    }

    private static Series of(SightlineMeter meter, String cameras) {
        return Series.of(meter).where("camera", cameras);
    }
}
