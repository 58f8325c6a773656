package io.sightline.tests.boards;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** From which value on a number is shown in another colour. */
record Limits(String base, double first, String firstColour, double second, String secondColour) {
    /** Green, from {@code warn} on orange, from {@code bad} on red. */
    static Limits above(double warn, double bad) {
        return new Limits("green", warn, "orange", bad, "red");
    }

    /** Red, from {@code poor} on orange, from {@code good} on green. */
    static Limits below(double poor, double good) {
        return new Limits("red", poor, "orange", good, "green");
    }

    /** Red, from {@code enough} on green. */
    static Limits atLeast(double enough) {
        return new Limits("red", enough, "green", enough, "green");
    }

    /** Without a colour where nothing is wrong: in a table, only what is wrong should be seen. */
    Limits quiet() {
        return new Limits(quiet(base), first, quiet(firstColour), second, quiet(secondColour));
    }

    private static String quiet(String colour) {
        return colour.equals("green") ? "transparent" : colour;
    }

    /** Green, and red from {@code bad} on. */
    static Limits never(double bad) {
        return new Limits("green", bad, "red", bad, "red");
    }

    ObjectNode json() {
        ObjectNode limits = JsonNodeFactory.instance.objectNode().put("mode", "absolute");
        ArrayNode steps = limits.putArray("steps");
        steps.addObject().put("color", base).putNull("value");
        steps.addObject().put("color", firstColour).put("value", first);
        if (second != first) {
            steps.addObject().put("color", secondColour).put("value", second);
        }
        return limits;
    }

    /** One colour for all. */
    static ObjectNode none() {
        ObjectNode limits = JsonNodeFactory.instance.objectNode().put("mode", "absolute");
        limits.putArray("steps").addObject().put("color", "text").putNull("value");
        return limits;
    }
}
