package io.sightline.app.demo;

import java.util.List;

/**
 * A file of the demo's archive.
 *
 * @param entry its path in the archive
 * @param fileName its name in the cache
 * @param sha256 lower-case hex
 */
record DemoAsset(String entry, String fileName, String sha256) {
    /** 128 s of broadcast footage, H.264, 480×270, 30 fps: a presenter, a guest, later a third man on a screen. */
    static final DemoAsset CLIP = new DemoAsset(
            "org/openimaj/demos/video/guy_goma.mp4",
            "guy_goma.mp4",
            "a255552aa215c1ed1dc669a5817eeff0f8e253a10806e883c4e818567e2ae10f");

    /** Portraits of three people who are not in the clip. */
    static final List<DemoAsset> PORTRAITS = List.of(
            new DemoAsset(
                    "org/openimaj/demos/faces/nigel.jpg",
                    "decoy-a.jpg",
                    "5bcbf8f6863e7064f2c9a316980143ad88989dc29ca8a950107eb28a5bac86ca"),
            new DemoAsset(
                    "org/openimaj/demos/faces/wendy.png",
                    "decoy-b.png",
                    "baea5ea3d18fc1dc293e5bfd024864390cdf852dd7759605ffa1b71dac69993a"),
            new DemoAsset(
                    "org/openimaj/demos/image/sinaface.jpg",
                    "decoy-c.jpg",
                    "2f792d5c52629f079556e878ddde45fcc07bb079d02a05981705f1448d0e0142"));
}
