package io.sightline.app.report.sheet;

import io.sightline.contracts.frame.Outcome;
import java.awt.Color;

/** Colours of the sheet: a dark ground, one colour per outcome. */
final class Theme {
    static final Color GROUND = new Color(0x0D1117);
    static final Color PANEL = new Color(0x161B22);
    static final Color LINE = new Color(0x2B323B);
    static final Color TEXT = new Color(0xF0F3F6);
    static final Color MUTED = new Color(0x9AA4AF);
    static final Color INK = new Color(0x0B0F14);
    static final Color BRAND = new Color(0x58A6FF);

    private Theme() {}

    static Color of(Outcome outcome) {
        return switch (outcome) {
            case IDENTIFIED -> new Color(0x3FD27A);
            case UNKNOWN -> new Color(0xFFA63D);
            case LOW_QUALITY -> new Color(0xA9B7C6);
            case NO_FACE -> new Color(0x4A5563);
            case SHED -> new Color(0xB08CFF);
            case REJECTED -> new Color(0xFF6B64);
        };
    }

    static Color faded(Color colour, int alpha) {
        return new Color(colour.getRed(), colour.getGreen(), colour.getBlue(), alpha);
    }
}
