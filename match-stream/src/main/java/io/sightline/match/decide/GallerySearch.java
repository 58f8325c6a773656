package io.sightline.match.decide;

import io.sightline.contracts.face.Embedding;
import io.sightline.match.gallery.GallerySnapshot;
import io.sightline.match.search.SearchResult;

/** How a decision asks the gallery; lets a stage watch what is asked. Thread-safe. */
@FunctionalInterface
public interface GallerySearch {
    /** The most similar persons among the templates of {@code modelId} alone. */
    SearchResult search(GallerySnapshot gallery, String modelId, Embedding probe);
}
