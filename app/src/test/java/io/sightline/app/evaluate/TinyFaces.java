package io.sightline.app.evaluate;

import io.sightline.contracts.face.Box;
import io.sightline.contracts.face.Landmarks;
import io.sightline.detect.Detection;
import io.sightline.inference.align.FaceAligner;
import io.sightline.inference.onnx.format.OnnxFormat.Graph;
import io.sightline.inference.onnx.format.OnnxFormat.Model;
import io.sightline.inference.onnx.format.OnnxFormat.Node;
import io.sightline.inference.onnx.format.OnnxFormat.OperatorSet;
import io.sightline.inference.onnx.format.OnnxFormat.ValueInfo;
import io.sightline.inference.store.Sha256;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import javax.imageio.ImageIO;

/** People who are colours with noise, a network that sees nothing but a picture's mean colour, and folders of such pictures. No picture of anybody. */
public final class TinyFaces {
    public static final int SIDE_PX = FaceAligner.SIDE_PX;

    /** Six people, each opposite to one and square to the others. */
    private static final int[][] COLOURS = {
        {210, 127, 127}, {127, 210, 127}, {127, 127, 210}, {40, 127, 127}, {127, 40, 127}, {127, 127, 40}
    };

    private static final int FLOAT = 1;

    private TinyFaces() {}

    /** A picture of one of six people; others of theirs differ by their noise. */
    public static byte[] picture(int person, long seed) {
        Random random = new Random(seed * 31 + person);
        BufferedImage image = new BufferedImage(SIDE_PX, SIDE_PX, BufferedImage.TYPE_INT_RGB);
        int[] colour = COLOURS[person];
        for (int i = 0; i < SIDE_PX * SIDE_PX; i++) {
            int noise = random.nextInt(61) - 30;
            int rgb = (colour[0] + noise) << 16 | (colour[1] + noise) << 8 | (colour[2] + noise);
            image.setRGB(i % SIDE_PX, i / SIDE_PX, rgb);
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            ImageIO.write(image, "png", bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    /** Bytes that are no picture. */
    public static byte[] noPicture() {
        return new byte[] {'n', 'o', 'n', 'e'};
    }

    /** A detector's finding where the picture's face is. */
    public static Detection detection(float score) {
        return new Detection(new Box(10, 10, 100, 110), FaceAligner.template(), score);
    }

    /** Person 0 has three, person 1 has two, persons 2 and 3 one. */
    public static Map<String, byte[]> lfwPictures() {
        Map<String, byte[]> pictures = new TreeMap<>();
        pictures.put("Ada_0001", picture(0, 1));
        pictures.put("Ada_0002", picture(0, 2));
        pictures.put("Ada_0003", picture(0, 3));
        pictures.put("Bob_0001", picture(1, 1));
        pictures.put("Bob_0002", picture(1, 2));
        pictures.put("Cid_0001", picture(2, 1));
        pictures.put("Dot_0001", picture(3, 1));
        return pictures;
    }

    public static final String LFW_PAIRS = """
            2\t2
            Ada\t1\t2
            Ada\t1\t3
            Ada\t1\tBob\t1
            Ada\t2\tCid\t1
            Bob\t1\t2
            Ada\t2\t3
            Cid\t1\tDot\t1
            Bob\t2\tAda\t3
            """;

    /** {@code root/lfw} with {@code pictures} in an archive. */
    public static Path lfw(Path root, String pairs, Map<String, byte[]> pictures) throws IOException {
        Path folder = Files.createDirectories(root.resolve("lfw"));
        Files.writeString(folder.resolve("pairs.txt"), pairs);
        StringBuilder table = new StringBuilder("name,person,shard,score,x1,y1,x2,y2," + LANDMARK_COLUMNS + "\n");
        pictures.keySet()
                .forEach(name -> table.append(name + "," + name.substring(0, name.indexOf('_'))
                        + ",tiny.zip,0.9,10,10,100,110," + points(-0.5f) + "\n"));
        Files.writeString(folder.resolve("landmarks.csv"), table);
        zip(folder.resolve("tiny.zip"), pictures);
        return root;
    }

    public static final String LANDMARK_COLUMNS =
            "leye_x,leye_y,reye_x,reye_y,nose_x,nose_y,lmouth_x,lmouth_y,rmouth_x,rmouth_y";

    /** The template's landmarks, moved, as the table's columns have them. */
    public static String points(float shift) {
        StringBuilder text = new StringBuilder();
        Landmarks template = FaceAligner.template();
        for (int i = 0; i < Landmarks.POINTS; i++) {
            text.append(i == 0 ? "" : ",")
                    .append(template.x(i) + shift)
                    .append(',')
                    .append(template.y(i) + shift);
        }
        return text.toString();
    }

    public static void zip(Path file, Map<String, byte[]> pictures) throws IOException {
        try (OutputStream stream = Files.newOutputStream(file);
                ZipOutputStream zip = new ZipOutputStream(stream)) {
            for (Map.Entry<String, byte[]> picture : pictures.entrySet()) {
                zip.putNextEntry(new ZipEntry(picture.getKey() + ".png"));
                zip.write(picture.getValue());
                zip.closeEntry();
            }
        }
    }

    /** Mean of red, green and blue over a picture of that side. */
    public static Model network(int sidePx, int opset) {
        return Model.newBuilder()
                .setIrVersion(7)
                .addOpsetImport(OperatorSet.newBuilder().setVersion(opset))
                .setGraph(Graph.newBuilder()
                        .setName("mean colour")
                        .addNode(node("GlobalAveragePool", "mean", "input"))
                        .addNode(node("Flatten", "embedding", "mean"))
                        .addInput(value("input", 1, 3, sidePx, sidePx))
                        .addOutput(value("embedding", 1, 3)))
                .build();
    }

    public static final String CARD = """
            id: mean-colour
            kind: embedder
            file: mean-colour.onnx
            sha256: HASH
            origin: repository
            licence: Apache-2.0
            input:
              name: input
              layout: nchw
              width-px: 112
              height-px: 112
              channels: rgb
              mean: 127
              scale: 0.0078125
            embedder:
              output: embedding
              dimension: 3
              batches: false
              threshold: 0.50
              margin: 0.10
              threshold-origin: made for tests
            """;

    /** The network's file, with a card beside it that has its hash; gives the file. */
    public static Path write(Path folder, Model network, String card) throws IOException {
        Path file = Files.write(folder.resolve("mean-colour.onnx"), network.toByteArray());
        Files.writeString(folder.resolve("mean-colour.yaml"), card.replace("HASH", Sha256.of(network.toByteArray())));
        return file;
    }

    private static Node node(String operator, String output, String input) {
        return Node.newBuilder()
                .setOpType(operator)
                .addOutput(output)
                .addAllInput(List.of(input))
                .build();
    }

    private static ValueInfo value(String name, long... dims) {
        ValueInfo.Builder value = ValueInfo.newBuilder().setName(name);
        value.getTypeBuilder().getTensorTypeBuilder().setElemType(FLOAT);
        for (long dim : dims) {
            value.getTypeBuilder()
                    .getTensorTypeBuilder()
                    .getShapeBuilder()
                    .addDimBuilder()
                    .setDimValue(dim);
        }
        return value.build();
    }
}
