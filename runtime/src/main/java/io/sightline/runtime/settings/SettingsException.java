package io.sightline.runtime.settings;

import java.util.List;
import java.util.stream.Collectors;

/** The settings cannot be used. Its message lists every mistake, one a line, without secrets. */
public final class SettingsException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient List<SettingsProblem> problems;

    public SettingsException(List<SettingsProblem> problems) {
        super(sentence(problems));
        this.problems = List.copyOf(problems);
    }

    public List<SettingsProblem> problems() {
        return problems;
    }

    private static String sentence(List<SettingsProblem> problems) {
        String head = problems.size() == 1
                ? "1 mistake in the settings:\n"
                : problems.size() + " mistakes in the settings:\n";
        return head + problems.stream().map(problem -> "  " + problem).collect(Collectors.joining("\n"));
    }
}
