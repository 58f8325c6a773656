package io.sightline.match.gallery;

import io.sightline.contracts.face.Embedding;
import io.sightline.contracts.identity.Person;
import io.sightline.match.search.DotProducts;
import io.sightline.match.search.SearchResult;
import io.sightline.match.search.TemplateMatrix;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The gallery at one position of its stream of changes. Immutable: any thread may search it. */
public final class GallerySnapshot {
    private static final GallerySnapshot EMPTY = new GallerySnapshot("0-0", Map.of(), Map.of(), 0);

    private final String version;
    private final Map<String, Person> personsById;
    private final Map<String, TemplateMatrix> matrixByModel;
    private final int unusable;

    private GallerySnapshot(
            String version, Map<String, Person> personsById, Map<String, TemplateMatrix> matrixByModel, int unusable) {
        this.version = version;
        this.personsById = personsById;
        this.matrixByModel = matrixByModel;
        this.unusable = unusable;
    }

    /** Nobody is enrolled. */
    public static GallerySnapshot empty() {
        return EMPTY;
    }

    /** A gallery that was not read from Redis: for tests and tools. Persons in the order of the map. */
    public static GallerySnapshot of(String version, String modelId, Map<Person, List<Embedding>> templates) {
        List<TemplateMatrix.Row> rows = new ArrayList<>();
        Map<String, Person> persons = new LinkedHashMap<>();
        templates.forEach((person, vectors) -> {
            persons.put(person.id(), person);
            rows.add(new TemplateMatrix.Row(person, vectors));
        });
        int dimension = templates.values().stream()
                .flatMap(List::stream)
                .mapToInt(Embedding::dimension)
                .findFirst()
                .orElse(0);
        Map<String, TemplateMatrix> matrices =
                dimension == 0 ? Map.of() : Map.of(modelId, TemplateMatrix.of(rows, dimension, DotProducts.fastest()));
        return new GallerySnapshot(version, persons, matrices, 0);
    }

    /** Sorts the templates by model. One whose dimension differs from its model's first is left out and counted as unusable. */
    static GallerySnapshot of(String version, Collection<EnrolledPerson> enrolled, DotProducts products) {
        Map<String, Person> persons = new LinkedHashMap<>();
        Map<String, RowsOfModel> rowsByModel = new TreeMap<>();
        for (EnrolledPerson one : enrolled) {
            persons.put(one.person().id(), one.person());
            for (EnrolledPerson.Stored stored : one.templates()) {
                rowsByModel
                        .computeIfAbsent(stored.modelId(), model -> new RowsOfModel())
                        .add(one.person(), stored.template().embedding());
            }
        }
        Map<String, TemplateMatrix> matrices = new TreeMap<>();
        rowsByModel.forEach((model, rows) -> matrices.put(model, rows.matrix(products)));
        int unusable =
                rowsByModel.values().stream().mapToInt(rows -> rows.unusable).sum();
        return new GallerySnapshot(version, persons, matrices, unusable);
    }

    /** The position in the stream of changes that this snapshot stands for. */
    public String version() {
        return version;
    }

    public int persons() {
        return personsById.size();
    }

    public int templates() {
        return matrixByModel.values().stream().mapToInt(TemplateMatrix::rows).sum();
    }

    /** Templates left out because their dimension differs from that of others of their model. */
    public int unusable() {
        return unusable;
    }

    public Optional<Person> person(String id) {
        return Optional.ofNullable(personsById.get(id));
    }

    public boolean holds(String personId) {
        return personsById.containsKey(personId);
    }

    /** Templates made by another model than {@code modelId}: they are never compared with its vectors. */
    public int incomparable(String modelId) {
        return templates()
                - Optional.ofNullable(matrixByModel.get(modelId))
                        .map(TemplateMatrix::rows)
                        .orElse(0);
    }

    /** The most similar persons among the templates of {@code modelId} alone. */
    public SearchResult search(String modelId, Embedding probe) {
        TemplateMatrix matrix = matrixByModel.get(modelId);
        return matrix == null ? SearchResult.nobody() : matrix.search(probe);
    }

    /** As {@link #search}, every template compared in plain Java: what a faster way is compared with. */
    public SearchResult searchPlainly(String modelId, Embedding probe) {
        TemplateMatrix matrix = matrixByModel.get(modelId);
        return matrix == null ? SearchResult.nobody() : matrix.searchPlainly(probe);
    }

    private static final class RowsOfModel {
        private final Map<Person, List<Embedding>> templates = new LinkedHashMap<>();
        private int dimension;
        private int unusable;

        void add(Person person, Embedding embedding) {
            if (dimension == 0) {
                dimension = embedding.dimension();
            }
            if (embedding.dimension() != dimension) {
                unusable++;
                return;
            }
            templates.computeIfAbsent(person, p -> new ArrayList<>()).add(embedding);
        }

        TemplateMatrix matrix(DotProducts products) {
            List<TemplateMatrix.Row> rows = new ArrayList<>();
            templates.forEach((person, vectors) -> rows.add(new TemplateMatrix.Row(person, vectors)));
            return TemplateMatrix.of(rows, dimension, products);
        }
    }
}
