package io.sightline.tests.consumers;

import io.sightline.contracts.face.Embeddings;
import io.sightline.contracts.identity.Decision;
import io.sightline.contracts.identity.Identities;
import io.sightline.contracts.identity.Sighting;
import io.sightline.contracts.topic.Topic;
import io.sightline.contracts.topic.Topics;
import io.sightline.runtime.streams.KafkaConnection;
import io.sightline.tests.servers.TopicRecords;
import java.util.List;
import java.util.stream.Stream;

/** What the programs of the page should say of the two cameras, read from the topics with Sightline's own codecs. */
record Expected(KafkaConnection kafka) {
    /** Lines of {@code Sightings.java} without the time that leads them, in order per camera. */
    List<String> visits() {
        return told(Topics.SIGHTINGS).stream().map(Expected::line).toList();
    }

    /** Rows that {@code identities.py} keeps. */
    List<String> faces() {
        return told(Topics.IDENTITIES).stream().flatMap(Expected::rows).toList();
    }

    /** Lines of {@code vectors.py} that have a vector, up to its size. */
    List<String> vectors() {
        return told(Topics.EMBEDDINGS).stream().flatMap(Expected::lines).toList();
    }

    /** Records on the topic, of whomever. */
    int count(Topic<?> topic) {
        try (TopicRecords<?> records = TopicRecords.of(kafka, topic)) {
            return records.pollToEnd().raw().size();
        }
    }

    private <V> List<V> told(Topic<V> topic) {
        try (TopicRecords<V> records = TopicRecords.of(kafka, topic)) {
            records.pollToEnd();
            return WatchedNews.CAMERAS.stream()
                    .flatMap(camera -> records.of(camera).stream())
                    .toList();
        }
    }

    private static String line(Sighting sighting) {
        String who = sighting.person()
                .map(person -> person.name())
                .orElseGet(() -> sighting.unknownId().orElseThrow());
        String state = sighting.change().equals("closed") ? "was" : "is";
        return "%s %s %s %s %.2f"
                .formatted(sighting.camera(), state, who, sighting.sightingId(), sighting.similarity());
    }

    private static Stream<String> rows(Identities frame) {
        return frame.faces().stream()
                .filter(face -> face.decision() instanceof Decision.Known)
                .map(face -> "%s %d %d %s %s"
                        .formatted(
                                frame.camera(),
                                frame.epoch(),
                                frame.seq(),
                                face.track(),
                                ((Decision.Known) face.decision()).person().name()));
    }

    private static Stream<String> lines(Embeddings frame) {
        return frame.faces().stream()
                .filter(face -> face.embedding().isPresent())
                .map(face -> frame.header().id() + " " + face.track().value() + " " + frame.modelId() + " 512");
    }
}
