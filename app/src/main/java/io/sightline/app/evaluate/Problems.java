package io.sightline.app.evaluate;

import java.util.Collection;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/** Pictures that could not be used, each once, with the reason. Thread-safe. */
public final class Problems {
    private final SortedSet<String> sentences = new TreeSet<>();

    synchronized void add(String picture, String why) {
        sentences.add(picture + ": " + why);
    }

    synchronized void addAll(Collection<String> more) {
        sentences.addAll(more);
    }

    /** In alphabetic order. */
    public synchronized List<String> sentences() {
        return List.copyOf(sentences);
    }
}
