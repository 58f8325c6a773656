package io.sightline.inference.card;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Where a model's file comes from. Written as {@code repository} or {@code npm:package@version#path/in/it}. */
public sealed interface ModelOrigin {
    /** What a card or lock may write. */
    String FORMS = "'repository', or 'npm:package@version#path/in/the/package' with an exact version";

    /** Empty when {@code text} is none of {@link #FORMS}. */
    static Optional<ModelOrigin> parse(String text) {
        if (text.equals("repository")) {
            return Optional.of(new Repository());
        }
        Matcher npm = NpmPackage.FORM.matcher(text);
        return npm.matches() && !npm.group("path").contains("..")
                ? Optional.of(new NpmPackage(npm.group("name"), npm.group("version"), npm.group("path")))
                : Optional.empty();
    }

    /** The file lies in the models folder itself. */
    record Repository() implements ModelOrigin {
        @Override
        public String toString() {
            return "repository";
        }
    }

    /** The file lies in a package of the npm registry that the npm client is configured for. */
    record NpmPackage(String name, String version, String path) implements ModelOrigin {
        private static final Pattern FORM = Pattern.compile("npm:(?<name>(@[a-z0-9][a-z0-9._-]*/)?[a-z0-9][a-z0-9._-]*)"
                + "@(?<version>[0-9]+\\.[0-9]+\\.[0-9]+(-[0-9A-Za-z.-]+)?)#(?<path>[A-Za-z0-9_][A-Za-z0-9_./-]*)");

        /** As npm names it, {@code name@version}. */
        public String coordinate() {
            return name + "@" + version;
        }

        @Override
        public String toString() {
            return "npm:" + coordinate() + "#" + path;
        }
    }
}
