package io.sightline.inference.card;

import io.sightline.inference.ModelException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.YAMLException;

/** A YAML file whose top is a mapping; read without types of its own, aliases bounded, a key twice is a mistake. */
final class YamlFile {
    private static final int MAX_CODE_POINTS = 1 << 20;

    private YamlFile() {}

    static Map<?, ?> read(String what, Path file) {
        LoaderOptions options = new LoaderOptions();
        options.setAllowDuplicateKeys(false);
        options.setMaxAliasesForCollections(10);
        options.setCodePointLimit(MAX_CODE_POINTS);
        Object top;
        try {
            top = new Yaml(new SafeConstructor(options)).load(Files.readString(file));
        } catch (NoSuchFileException e) {
            throw new ModelException(what + " " + file + " does not exist: restore it from the repository", e);
        } catch (IOException e) {
            throw new ModelException(what + " " + file + " cannot be read: " + e, e);
        } catch (YAMLException e) {
            throw new ModelException(what + " " + file + " is not valid YAML; correct the file: " + e.getMessage(), e);
        }
        if (top instanceof Map<?, ?> map) {
            return map;
        }
        throw new ModelException(what + " " + file + " must be a mapping of fields, but is "
                + (top == null ? "empty" : "a " + top.getClass().getSimpleName()));
    }
}
