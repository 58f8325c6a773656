package io.sightline.match.stream;

import io.sightline.match.sighting.CameraMemory;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/** A task's state: books and memory of its cameras, in Kafka Streams' stores. Belongs to the task's thread. */
final class CameraStore {
    private static final StateForm<CameraBooks> BOOKS = new StateForm<>(CameraBooks.class);
    private static final StateForm<CameraMemory> MEMORY = new StateForm<>(CameraMemory.class);

    private final KeyValueStore<String, byte[]> books;
    private final KeyValueStore<String, byte[]> memories;

    CameraStore(ProcessorContext<byte[], byte[]> context) {
        this.books = context.getStateStore(MatchSupplier.LEDGERS);
        this.memories = context.getStateStore(MatchSupplier.MEMORY);
    }

    Optional<CameraBooks> books(String camera) {
        return Optional.ofNullable(books.get(camera)).flatMap(bytes -> BOOKS.decode(camera, bytes));
    }

    void save(CameraBooks changed) {
        books.put(changed.camera(), BOOKS.encode(changed));
    }

    /** All cameras of this task. */
    List<CameraBooks> allBooks() {
        List<CameraBooks> all = new ArrayList<>();
        try (KeyValueIterator<String, byte[]> entries = books.all()) {
            while (entries.hasNext()) {
                KeyValue<String, byte[]> entry = entries.next();
                BOOKS.decode(entry.key, entry.value).ifPresent(all::add);
            }
        }
        return all;
    }

    Optional<CameraMemory> memory(String camera) {
        return Optional.ofNullable(memories.get(camera)).flatMap(bytes -> MEMORY.decode(camera, bytes));
    }

    /** Writes what has changed, and nothing where nothing is remembered. */
    void save(CameraMemory before, CameraMemory after) {
        if (after.holdsNothing()) {
            if (!before.holdsNothing()) {
                memories.delete(after.camera());
            }
        } else if (!after.equals(before)) {
            memories.put(after.camera(), MEMORY.encode(after));
        }
    }
}
