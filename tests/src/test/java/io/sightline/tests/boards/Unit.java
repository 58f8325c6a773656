package io.sightline.tests.boards;

/** What a panel's numbers are, by Grafana's names. */
enum Unit {
    NONE("none"),
    COUNT("short"),
    SHARE("percentunit"),
    PERCENT("percent"),
    SECONDS("s"),
    MILLISECONDS("ms"),
    BYTES("bytes"),
    BYTES_PER_SECOND("Bps"),
    FRAMES_PER_SECOND("suffix: frames/s"),
    RECORDS_PER_SECOND("suffix: records/s"),
    FACES_PER_SECOND("suffix: faces/s"),
    PER_SECOND("suffix: /s"),
    PER_MINUTE("suffix: /min"),
    CELSIUS("celsius"),
    WATTS("watt");

    private final String grafana;

    Unit(String grafana) {
        this.grafana = grafana;
    }

    String grafana() {
        return grafana;
    }
}
