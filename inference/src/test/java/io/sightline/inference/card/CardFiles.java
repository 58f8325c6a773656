package io.sightline.inference.card;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Cards and locks as text, right but for what a test changes. */
public final class CardFiles {
    public static final String EMBEDDER = """
            id: tiny-embedder
            kind: embedder
            file: tiny.onnx
            sha256: ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff
            origin: repository
            licence: Apache-2.0
            input:
              name: input
              layout: nchw
              width-px: 4
              height-px: 4
              channels: rgb
              mean: 127.5
              scale: 0.0078125
            embedder:
              output: output
              dimension: 2
              batches: false
              threshold: 0.40
              margin: 0.10
              threshold-origin: made for tests
            notes: none
            """;

    public static final String LANDMARKER = """
            id: tiny-landmarker
            kind: landmarker
            file: tiny.onnx
            sha256: ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff
            origin: repository
            licence: Apache-2.0
            input:
              name: input
              layout: nchw
              width-px: 4
              height-px: 4
              channels: rgb
              mean: 127.5
              scale: 0.0078125
            landmarker:
              output: output
              window-first-px: 6
              window-end-px: 106
            """;

    public static final String DETECTOR = """
            id: tiny-detector
            kind: detector
            file: tiny.onnx
            sha256: ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff
            origin: npm:some-package@1.0.0#model/tiny.onnx
            licence: MIT
            input:
              name: input
              layout: nchw
              width-multiple-of-px: 32
              height-multiple-of-px: 32
              channels: bgr
              mean: 0
              scale: 1
            detector:
              anchors: pytorch-retinaface
              centre-variance: 0.1
              size-variance: 0.2
              landmark-factor: 1
              levels:
                - stride-px: 8
                  anchors-px: [16, 32]
                  scores: scores8
                  boxes: boxes8
                  landmarks: landmarks8
            """;

    private CardFiles() {}

    public static Path write(Path folder, String name, String text) {
        try {
            return Files.writeString(folder.resolve(name), text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
