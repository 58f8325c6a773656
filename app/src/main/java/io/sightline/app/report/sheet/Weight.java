package io.sightline.app.report.sheet;

/** Weights of the sheet's typeface, Roboto (Apache-2.0), as resources of the artifact {@code com.formdev:flatlaf-fonts-roboto}. */
public enum Weight {
    REGULAR("Roboto-Regular.ttf"),
    MEDIUM("Roboto-Medium.ttf"),
    BOLD("Roboto-Bold.ttf");

    private final String file;

    Weight(String file) {
        this.file = file;
    }

    String resource() {
        return "/com/formdev/flatlaf/fonts/roboto/" + file;
    }
}
