package io.sightline.inference.card;

import java.util.List;

/** What a model gives, by its kind. */
public sealed interface OutputSpec permits DetectorSpec, EmbedderSpec, LandmarkerSpec {
    ModelKind kind();

    /** The tensors that the graph must give. */
    List<String> outputNames();
}
