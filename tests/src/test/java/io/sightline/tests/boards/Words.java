package io.sightline.tests.boards;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** Numbers that stand for words: 0 is the first, each with its colour. */
record Words(List<Word> words) {
    /** How a camera does, by {@link Troubles#camera}. */
    static final Words TROUBLE = new Words(List.of(
            new Word("fine", "green"),
            new Word("shedding", "yellow"),
            new Word("silent", "orange"),
            new Word("frozen", "red"),
            new Word("ended", "blue")));
    /** A camera's state, as the catalogue has it. */
    static final Words CAMERA_STATE = new Words(List.of(
            new Word("connecting", "yellow"),
            new Word("streaming", "green"),
            new Word("reconnecting", "orange"),
            new Word("ended", "blue"),
            new Word("stopped", "blue")));

    static final Words NO_YES = new Words(List.of(new Word("no", "green"), new Word("yes", "red")));
    static final Words READY = new Words(List.of(new Word("waits", "red"), new Word("ready", "green")));

    record Word(String text, String colour) {}

    Words {
        words = List.copyOf(words);
    }

    /** The number that stands for the word. */
    int number(String text) {
        return words.stream().map(Word::text).toList().indexOf(text);
    }

    ArrayNode json() {
        ArrayNode mappings = JsonNodeFactory.instance.arrayNode();
        ObjectNode options = mappings.addObject().put("type", "value").putObject("options");
        for (int i = 0; i < words.size(); i++) {
            options.putObject(Integer.toString(i))
                    .put("text", words.get(i).text())
                    .put("color", words.get(i).colour())
                    .put("index", i);
        }
        return mappings;
    }
}
