package io.sightline.contracts;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * What a JSON Schema promised when it was released and promises no longer. A consumer reads with the released schema what is written today,
 * and with today's schema what has been on the topics since; so a change must suit both. Allowed are new optional fields, new words in an
 * {@code enum}, new kinds in a {@code oneOf}, and other words of explanation. Everything else is a breach, also a keyword that is not known here.
 */
final class SchemaChanges {
    private static final Set<String> EXPLANATION = Set.of("title", "description", "$comment", "examples", "deprecated");

    private final JsonNode releasedRoot;
    private final JsonNode currentRoot;
    private final List<String> breaches = new ArrayList<>();

    private SchemaChanges(JsonNode releasedRoot, JsonNode currentRoot) {
        this.releasedRoot = releasedRoot;
        this.currentRoot = currentRoot;
    }

    /** A sentence for each; empty where every consumer can go on. */
    static List<String> breaches(JsonNode released, JsonNode current) {
        SchemaChanges changes = new SchemaChanges(released, current);
        changes.compare("", released, current);
        return List.copyOf(changes.breaches);
    }

    private void compare(String at, JsonNode releasedOrReference, JsonNode currentOrReference) {
        JsonNode released = resolved(releasedRoot, releasedOrReference);
        JsonNode current = resolved(currentRoot, currentOrReference);
        Set<String> keywords = new TreeSet<>(names(released));
        keywords.addAll(names(current));
        keywords.removeAll(EXPLANATION);
        // Reached through the references to them
        keywords.remove("$defs");
        for (String keyword : keywords) {
            keyword(at, keyword, released.path(keyword), current.path(keyword));
        }
    }

    private void keyword(String at, String keyword, JsonNode released, JsonNode current) {
        switch (keyword) {
            case "properties" -> properties(at, released, current);
            case "required" -> required(at, released, current);
            case "enum" -> words(at, released, current);
            case "items" -> compare(at + "[]", released, current);
            case "oneOf" -> kinds(at, released, current);
            default -> {
                if (!released.equals(current)) {
                    breach(at, keyword + " was " + text(released) + " and is " + text(current));
                }
            }
        }
    }

    private void properties(String at, JsonNode released, JsonNode current) {
        for (String name : names(released)) {
            if (current.has(name)) {
                compare(at + "/" + name, released.path(name), current.path(name));
            } else {
                breach(at + "/" + name, "the field is gone");
            }
        }
    }

    private void required(String at, JsonNode released, JsonNode current) {
        Set<String> was = texts(released);
        Set<String> is = texts(current);
        was.stream()
                .filter(name -> !is.contains(name))
                .forEach(name -> breach(at + "/" + name, "the field was always there and no longer is"));
        is.stream()
                .filter(name -> !was.contains(name))
                .forEach(name ->
                        breach(at + "/" + name, "the field is required, and records that were written before lack it"));
    }

    private void words(String at, JsonNode released, JsonNode current) {
        if (released.isMissingNode() || current.isMissingNode()) {
            breach(at, "enum was " + text(released) + " and is " + text(current));
            return;
        }
        Set<String> is = texts(current);
        texts(released).stream()
                .filter(word -> !is.contains(word))
                .forEach(word -> breach(at, "the word " + word + " is gone"));
    }

    /** Alternatives are known by their constant {@code kind}; without one they are compared as they stand. */
    private void kinds(String at, JsonNode released, JsonNode current) {
        for (JsonNode alternative : released) {
            String kind = kind(releasedRoot, alternative);
            if (kind.isEmpty()) {
                if (!released.equals(current)) {
                    breach(at, "oneOf was " + text(released) + " and is " + text(current));
                }
                return;
            }
            stream(current)
                    .filter(candidate -> kind(currentRoot, candidate).equals(kind))
                    .findFirst()
                    .ifPresentOrElse(
                            twin -> compare(at + "(" + kind + ")", alternative, twin),
                            () -> breach(at, "the kind " + kind + " is gone"));
        }
        if (released.isMissingNode()) {
            breach(at, "oneOf is new");
        }
    }

    private static String kind(JsonNode root, JsonNode alternative) {
        return resolved(root, alternative).at("/properties/kind/const").asText("");
    }

    private static JsonNode resolved(JsonNode root, JsonNode schema) {
        String reference = schema.path("$ref").asText("");
        return reference.isEmpty() ? schema : root.at(reference.substring(reference.indexOf('#') + 1));
    }

    private static Set<String> names(JsonNode object) {
        Set<String> names = new TreeSet<>();
        object.fieldNames().forEachRemaining(names::add);
        return names;
    }

    private static Set<String> texts(JsonNode array) {
        Set<String> texts = new TreeSet<>();
        array.forEach(entry -> texts.add(entry.asText()));
        return texts;
    }

    private static Stream<JsonNode> stream(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false);
    }

    private static String text(JsonNode node) {
        return node.isMissingNode() ? "not there" : node.toString();
    }

    private void breach(String at, String what) {
        breaches.add((at.isEmpty() ? "/" : at) + ": " + what);
    }
}
