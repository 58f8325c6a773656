package io.sightline.app.evaluate;

/** What can be measured, by the name that {@code --only} takes. */
public enum Part {
    LFW("verification in ten folds"),
    OPENSET("open-set identification"),
    GROUPS("false matches by sex, age and group"),
    DETECTOR("faces and landmarks in scenes"),
    THRESHOLD("threshold and margin from all comparisons");

    private final String title;

    Part(String title) {
        this.title = title;
    }

    public String title() {
        return title;
    }

    /** Whether it compares vectors of people's pictures. */
    boolean isOfPeople() {
        return this == LFW || this == OPENSET || this == THRESHOLD;
    }
}
