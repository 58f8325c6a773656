package io.sightline.contracts.wire;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import io.sightline.contracts.face.Box;
import io.sightline.contracts.face.Crop;
import io.sightline.contracts.face.EmbeddedFace;
import io.sightline.contracts.face.Embedding;
import io.sightline.contracts.face.Embeddings;
import io.sightline.contracts.face.Face;
import io.sightline.contracts.face.Faces;
import io.sightline.contracts.face.Landmarks;
import io.sightline.contracts.face.Quality;
import io.sightline.contracts.face.QualityFlaw;
import io.sightline.contracts.face.TrackId;
import io.sightline.contracts.frame.Frame;
import io.sightline.contracts.frame.FrameHeader;
import io.sightline.contracts.frame.Jpeg;
import io.sightline.contracts.ops.DeadLetter;
import io.sightline.contracts.ops.Stage;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import org.apache.kafka.common.utils.Bytes;
import org.jspecify.annotations.Nullable;

/** Protobuf forms of the heavy and inner topics, see {@code sightline/v1/sightline.proto}. */
public final class ProtoCodecs {
    public static final MessageCodec<Frame> FRAME = codec("Frame", ProtoCodecs::encodeFrame, ProtoCodecs::decodeFrame);
    public static final MessageCodec<Faces> FACES = codec("Faces", ProtoCodecs::encodeFaces, ProtoCodecs::decodeFaces);
    public static final MessageCodec<Embeddings> EMBEDDINGS =
            codec("Embeddings", ProtoCodecs::encodeEmbeddings, ProtoCodecs::decodeEmbeddings);
    public static final MessageCodec<DeadLetter> DEAD_LETTER =
            codec("DeadLetter", ProtoCodecs::encodeDeadLetter, ProtoCodecs::decodeDeadLetter);

    private ProtoCodecs() {}

    private static byte[] encodeFrame(Frame frame) {
        return io.sightline.contracts.wire.v1.Frame.newBuilder()
                .setHeader(HeaderForm.write(frame.header()))
                .setJpeg(bytes(frame.picture()))
                .build()
                .toByteArray();
    }

    private static Frame decodeFrame(byte[] bytes) throws InvalidProtocolBufferException {
        var wire = io.sightline.contracts.wire.v1.Frame.parseFrom(bytes);
        FrameHeader header = HeaderForm.read(wire.getHeader());
        return body(header, () -> new Frame(header, jpeg(wire.getJpeg())));
    }

    private static byte[] encodeFaces(Faces faces) {
        var wire = io.sightline.contracts.wire.v1.Faces.newBuilder().setHeader(HeaderForm.write(faces.header()));
        for (Face face : faces.faces()) {
            wire.addFaces(io.sightline.contracts.wire.v1.Face.newBuilder()
                    .setTrack(face.track().value())
                    .setBox(write(face.box()))
                    .setLandmarks(write(face.landmarks()))
                    .setScore(face.score())
                    .setCrop(io.sightline.contracts.wire.v1.Crop.newBuilder()
                            .setJpeg(bytes(face.crop().picture()))
                            .setOriginX(face.crop().originX())
                            .setOriginY(face.crop().originY())
                            .setScale(face.crop().scale())));
        }
        return wire.build().toByteArray();
    }

    private static Faces decodeFaces(byte[] bytes) throws InvalidProtocolBufferException {
        var wire = io.sightline.contracts.wire.v1.Faces.parseFrom(bytes);
        FrameHeader header = HeaderForm.read(wire.getHeader());
        return body(
                header,
                () -> new Faces(
                        header,
                        wire.getFacesList().stream()
                                .map(face -> new Face(
                                        new TrackId(face.getTrack()),
                                        read(face.getBox()),
                                        read(face.getLandmarks()),
                                        face.getScore(),
                                        new Crop(
                                                jpeg(face.getCrop().getJpeg()),
                                                face.getCrop().getOriginX(),
                                                face.getCrop().getOriginY(),
                                                face.getCrop().getScale())))
                                .toList()));
    }

    private static byte[] encodeEmbeddings(Embeddings embeddings) {
        var wire = io.sightline.contracts.wire.v1.Embeddings.newBuilder()
                .setHeader(HeaderForm.write(embeddings.header()))
                .setModelId(embeddings.modelId());
        for (EmbeddedFace face : embeddings.faces()) {
            var one = io.sightline.contracts.wire.v1.EmbeddedFace.newBuilder()
                    .setTrack(face.track().value())
                    .setBox(write(face.box()))
                    .setLandmarks(write(face.landmarks()))
                    .setScore(face.score())
                    .setQuality(io.sightline.contracts.wire.v1.Quality.newBuilder()
                            .setFaceWidthPx(face.quality().faceWidthPx())
                            .setSharpness(face.quality().sharpness())
                            .setPoseResidualPx(face.quality().poseResidualPx())
                            .setScore(face.quality().score())
                            .setFlaw(face.quality()
                                    .flaw()
                                    .map(QualityFlaw::wireName)
                                    .orElse("")))
                    .setAlignedJpeg(bytes(face.aligned()));
            face.embedding().ifPresent(vector -> {
                for (float value : vector.values()) {
                    one.addEmbedding(value);
                }
            });
            wire.addFaces(one);
        }
        return wire.build().toByteArray();
    }

    private static Embeddings decodeEmbeddings(byte[] bytes) throws InvalidProtocolBufferException {
        var wire = io.sightline.contracts.wire.v1.Embeddings.parseFrom(bytes);
        FrameHeader header = HeaderForm.read(wire.getHeader());
        return body(
                header,
                () -> new Embeddings(
                        header,
                        wire.getModelId(),
                        wire.getFacesList().stream().map(ProtoCodecs::read).toList()));
    }

    private static EmbeddedFace read(io.sightline.contracts.wire.v1.EmbeddedFace face) {
        Optional<Embedding> embedding = face.getEmbeddingCount() == 0
                ? Optional.empty()
                : Optional.of(Embedding.adoptUnit(floats(face.getEmbeddingList())));
        return new EmbeddedFace(
                new TrackId(face.getTrack()),
                read(face.getBox()),
                read(face.getLandmarks()),
                face.getScore(),
                new Quality(
                        face.getQuality().getFaceWidthPx(),
                        face.getQuality().getSharpness(),
                        face.getQuality().getPoseResidualPx(),
                        face.getQuality().getScore(),
                        face.getQuality().getFlaw().isEmpty()
                                ? Optional.empty()
                                : Optional.of(
                                        QualityFlaw.ofWireName(face.getQuality().getFlaw()))),
                embedding,
                jpeg(face.getAlignedJpeg()));
    }

    private static byte[] encodeDeadLetter(DeadLetter letter) {
        return io.sightline.contracts.wire.v1.DeadLetter.newBuilder()
                .setStage(letter.stage().wireName())
                .setTopic(letter.topic())
                .setPartition(letter.partition())
                .setOffset(letter.offset())
                .setReason(letter.reason())
                .setDetail(letter.detail())
                .setKey(ByteString.copyFrom(letter.key().get()))
                .setValue(ByteString.copyFrom(letter.value().get()))
                .setAtUs(letter.atMicros())
                .build()
                .toByteArray();
    }

    private static DeadLetter decodeDeadLetter(byte[] bytes) throws InvalidProtocolBufferException {
        var wire = io.sightline.contracts.wire.v1.DeadLetter.parseFrom(bytes);
        return new DeadLetter(
                Stage.valueOf(wire.getStage().toUpperCase(Locale.ROOT)),
                wire.getTopic(),
                wire.getPartition(),
                wire.getOffset(),
                wire.getReason(),
                wire.getDetail(),
                Bytes.wrap(wire.getKey().toByteArray()),
                Bytes.wrap(wire.getValue().toByteArray()),
                wire.getAtUs());
    }

    private static io.sightline.contracts.wire.v1.Box write(Box box) {
        return io.sightline.contracts.wire.v1.Box.newBuilder()
                .setLeft(box.left())
                .setTop(box.top())
                .setRight(box.right())
                .setBottom(box.bottom())
                .build();
    }

    private static Box read(io.sightline.contracts.wire.v1.Box box) {
        return new Box(box.getLeft(), box.getTop(), box.getRight(), box.getBottom());
    }

    private static io.sightline.contracts.wire.v1.Landmarks write(Landmarks landmarks) {
        var wire = io.sightline.contracts.wire.v1.Landmarks.newBuilder();
        for (float value : landmarks.toArray()) {
            wire.addXy(value);
        }
        return wire.build();
    }

    private static Landmarks read(io.sightline.contracts.wire.v1.Landmarks landmarks) {
        return Landmarks.of(floats(landmarks.getXyList()));
    }

    private static float[] floats(List<Float> list) {
        float[] values = new float[list.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = list.get(i);
        }
        return values;
    }

    private static ByteString bytes(Jpeg picture) {
        return ByteString.copyFrom(picture.bytes());
    }

    private static Jpeg jpeg(ByteString bytes) {
        return Jpeg.adopt(bytes.toByteArray());
    }

    /** Reads what follows a readable header; a failure here still tells which frame it was. */
    private static <T> T body(FrameHeader header, java.util.function.Supplier<T> rest) {
        try {
            return rest.get();
        } catch (IllegalArgumentException e) {
            throw new MalformedMessageException("frame " + header.id() + ": " + e.getMessage(), Optional.of(header), e);
        }
    }

    private interface Decoder<T> {
        T decode(byte[] bytes) throws InvalidProtocolBufferException;
    }

    private static <T> MessageCodec<T> codec(String name, Function<T, byte[]> encoder, Decoder<T> decoder) {
        return new MessageCodec<>() {
            @Override
            public byte[] encode(T message) {
                return encoder.apply(message);
            }

            @Override
            public T decode(byte @Nullable [] bytes) {
                if (bytes == null) {
                    throw new MalformedMessageException("no value: not a " + name, Optional.empty(), null);
                }
                try {
                    return decoder.decode(bytes);
                } catch (InvalidProtocolBufferException | IllegalArgumentException e) {
                    throw new MalformedMessageException(
                            bytes.length + " bytes are no " + name + ": " + e.getMessage(), Optional.empty(), e);
                }
            }
        };
    }
}
