package io.sightline.match.stream;

import io.sightline.contracts.face.Embeddings;
import io.sightline.contracts.frame.FrameHeader;
import io.sightline.contracts.frame.Outcome;
import io.sightline.contracts.frame.Reason;
import io.sightline.contracts.frame.Settlement;
import io.sightline.contracts.frame.TraceContext;
import io.sightline.contracts.ledger.Ledger;
import io.sightline.contracts.ledger.SeqRange;
import io.sightline.contracts.ledger.Settled;
import io.sightline.contracts.ops.Stage;
import io.sightline.contracts.topic.Topics;
import io.sightline.match.FlowSettings;
import io.sightline.match.MatchSettings;
import io.sightline.match.sighting.Announced;
import io.sightline.match.sighting.CameraMemory;
import io.sightline.runtime.streams.DeadLetters;
import io.sightline.runtime.streams.Micros;
import io.sightline.runtime.streams.RecordReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One record after the other: settles each frame once in its camera's ledger, decides those that are open, and publishes. A wall-clock
 * punctuation publishes what a silent camera has not been told of yet.
 */
final class MatchProcessor implements Processor<byte[], byte[], byte[], byte[]> {
    private static final Logger LOG = LoggerFactory.getLogger(MatchProcessor.class);
    private static final Duration ROUND = Duration.ofMillis(250);

    private final FlowSettings flow;
    private final MatchPorts ports;
    private final MatchMeters meters;
    private final CameraDesk desk;
    private final RecordReader<Embeddings> reader = new RecordReader<>(Topics.EMBEDDINGS, Embeddings::header);
    private ProcessorContext<byte[], byte[]> context;
    private Outlet outlet;
    private CameraStore store;
    private long startedAtMicros;

    @SuppressWarnings("NullAway.Init") // init gives context, outlet and store
    MatchProcessor(MatchSettings settings, MatchPorts ports, MatchMeters meters) {
        this.flow = settings.flow();
        this.ports = ports;
        this.meters = meters;
        this.desk = new CameraDesk(settings, ports, meters);
    }

    @Override
    public void init(ProcessorContext<byte[], byte[]> given) {
        context = given;
        outlet = new Outlet(given, meters);
        store = new CameraStore(given);
        startedAtMicros = now();
        given.schedule(ROUND, PunctuationType.WALL_CLOCK_TIME, ignored -> round(now()));
    }

    @Override
    public void process(Record<byte[], byte[]> record) {
        long begun = System.nanoTime();
        long now = now();
        context.recordMetadata()
                .ifPresent(place -> meters.stage()
                        .progress()
                        .took(place.partition(), place.offset(), now / 1_000 - record.timestamp()));
        RecordReader.Read<Embeddings> read = reader.read(record, now);
        read.fold(
                message -> {
                    frame(record, message.value(), now);
                    return true;
                },
                unreadable -> {
                    park(record, new DeadLetters.Cause(Reason.MALFORMED.wireName(), unreadable.detail()), now);
                    unreadable
                            .rejected()
                            .filter(header -> isKeyedByCamera(record, header))
                            .ifPresent(header -> frame(record, handedOn(header), now));
                    return false;
                });
        meters.stage().service(System.nanoTime() - begun);
    }

    private void frame(Record<byte[], byte[]> record, Embeddings frame, long now) {
        FrameHeader header = frame.header();
        String camera = header.id().camera().value();
        CameraBooks books = store.books(camera).orElseGet(() -> CameraBooks.open(camera, now));
        if (books.begins(header.id().epoch())) {
            books = turn(books, header.id().epoch(), now);
        }
        if (books.of(header.id().epoch()).isEmpty()) {
            LOG.warn("camera {}: frame {} of an epoch long past is ignored", camera, header.id());
            meters.stage().record("ignored");
            return;
        }
        List<SeqRange> fresh = books.fresh(header);
        if (fresh.isEmpty()) {
            store.save(books.settle(header, outcomeOf(header), books.settledAtMicros()));
            meters.stage().record("duplicate");
            return;
        }
        settle(record, frame, new Turn(books, fresh, now));
    }

    /** A record's place in its camera's ledger. */
    private record Turn(CameraBooks books, List<SeqRange> fresh, long now) {
        boolean isInTurn(FrameHeader header) {
            Ledger current = books.current().orElseThrow();
            return header.id().epoch() == current.epoch() && header.lastSeq() >= current.nextSeq();
        }
    }

    private void settle(Record<byte[], byte[]> record, Embeddings frame, Turn turn) {
        FrameHeader header = frame.header();
        String camera = header.id().camera().value();
        CameraMemory memory = store.memory(camera)
                .orElseGet(() -> CameraMemory.begin(camera, header.id().epoch()));
        if (!header.isSettled()) {
            meters.stage().waited(turn.now() - header.times().lastStampMicros());
        }
        CameraDesk.Outcome decided = decide(record, frame, memory, turn);
        long decidedAt = now();
        publish(record, decided, turn, decidedAt);
        outlet.sightings(camera, decided.events(), decidedAt);
        store.save(memory, decided.memory());
        CameraBooks booked = turn.books().settle(header, outcomeOf(decided.settled()), decidedAt);
        boolean isDue = decidedAt - booked.publishedAtMicros() >= micros(flow.ledgerInterval());
        CameraBooks told = isDue ? publishLedgers(booked, decidedAt) : booked;
        store.save(told);
        credit(decided.settled(), told, decidedAt);
        meters.stage().record(frame.header().isSettled() ? "settled" : resultOf(decided.settled()));
    }

    private CameraDesk.Outcome decide(Record<byte[], byte[]> record, Embeddings frame, CameraMemory memory, Turn turn) {
        FrameHeader header = frame.header();
        try {
            if (!turn.isInTurn(header)) {
                return desk.late(frame, memory);
            }
            boolean isExpired = !header.isSettled()
                    && !flow.maxAge().isZero()
                    && header.times().ageMicros(turn.now()) > micros(flow.maxAge());
            Embeddings due = isExpired ? handedOn(header.settle(Settlement.shed(Reason.EXPIRED))) : frame;
            return desk.inTurn(due, memory);
        } catch (RuntimeException e) {
            LOG.warn("frame {}: cannot be decided; rejected", header.id(), e);
            park(record, DeadLetters.Cause.of(Reason.FAILED.wireName(), e), turn.now());
            FrameHeader rejected = header.isSettled() ? header : header.settle(Settlement.rejected(Reason.FAILED));
            return new CameraDesk.Outcome(rejected, List.of(), memory, List.of());
        }
    }

    private void publish(Record<byte[], byte[]> record, CameraDesk.Outcome decided, Turn turn, long decidedAt) {
        FrameHeader settled = decided.settled();
        Optional<TraceContext> given = Outlet.trace(record);
        String camera = settled.id().camera().value();
        for (SeqRange range : turn.fresh()) {
            outlet.identities(IdentitiesForm.of(settled, range, decided.faces(), decidedAt), given, decidedAt);
            meters.settled(camera, outcomeOf(settled), range.length());
        }
        Optional<TraceContext> trace = ports.traces().settled(settled, given, decidedAt);
        boolean isLookedAt = settled.settlement().orElseThrow().reason() == Reason.DECIDED;
        if (isLookedAt) {
            meters.latency(settled.times().ageMicros(decidedAt), trace);
        }
    }

    /** Tells ingest how far its camera is decided. */
    private void credit(FrameHeader settled, CameraBooks books, long decidedAt) {
        Ledger current = books.current().orElseThrow();
        if (settled.id().epoch() != current.epoch()) {
            return;
        }
        double latencyMs = Math.max(0, settled.times().ageMicros(decidedAt)) / 1_000.0;
        outlet.send(
                Topics.SETTLED,
                current.camera(),
                new Settled(current.camera(), current.epoch(), current.nextSeq() - 1, latencyMs, decidedAt),
                decidedAt);
    }

    /** A new epoch begins: the old one's visits close and its ledger becomes final. */
    private CameraBooks turn(CameraBooks books, long epoch, long now) {
        store.memory(books.camera()).ifPresent(memory -> closeAll(memory, now));
        CameraBooks turned = books.withEpoch(epoch);
        if (books.current().isEmpty()) {
            return turned;
        }
        outlet.ledger(books.current().get(), true, now);
        return turned.published(now);
    }

    private CameraBooks publishLedgers(CameraBooks books, long now) {
        long currentEpoch = books.current().orElseThrow().epoch();
        for (Ledger ledger : books.ledgers()) {
            if (books.unpublished().contains(ledger.epoch())) {
                outlet.ledger(ledger, ledger.epoch() < currentEpoch, now);
            }
        }
        long open = books.ledgers().stream().mapToLong(Ledger::unaccounted).sum();
        meters.unaccounted(books.camera(), open);
        return books.published(now);
    }

    /** Looks after cameras from which no frame comes. */
    private void round(long now) {
        for (CameraBooks books : store.allBooks()) {
            long silentMicros = now - Math.max(books.settledAtMicros(), startedAtMicros);
            if (books.hasNews() && silentMicros >= micros(flow.quiet())) {
                store.save(publishLedgers(books, now));
                store.memory(books.camera()).ifPresent(memory -> tellAll(memory, now));
            }
            if (silentMicros >= micros(flow.idleClose())) {
                store.memory(books.camera()).ifPresent(memory -> closeAll(memory, now));
            }
        }
    }

    private void tellAll(CameraMemory memory, long now) {
        Announced announced = desk.book().tellAll(memory);
        outlet.sightings(memory.camera(), announced.events(), now);
        store.save(memory, announced.memory());
    }

    private void closeAll(CameraMemory memory, long now) {
        Announced announced = desk.book().closeAll(memory);
        outlet.sightings(memory.camera(), announced.events(), now);
        store.save(memory, announced.memory());
    }

    private void park(Record<byte[], byte[]> record, DeadLetters.Cause cause, long now) {
        byte[] letter = Topics.DEAD_LETTERS
                .codec()
                .encode(DeadLetters.of(Stage.MATCH, context.recordMetadata().orElse(null), record, cause, now));
        context.forward(record.withValue(letter), Topics.DEAD_LETTERS.shortName());
        meters.stage().deadLetter(cause.reason());
    }

    /** A record under another key may be in another camera's partition: booked here, its camera would have two ledgers. */
    private static boolean isKeyedByCamera(Record<byte[], byte[]> record, FrameHeader header) {
        return Arrays.equals(record.key(), header.id().camera().value().getBytes(StandardCharsets.UTF_8));
    }

    private static Embeddings handedOn(FrameHeader settled) {
        return new Embeddings(settled, "", List.of());
    }

    /** Of an undecided duplicate it does not matter: nothing is booked under it. */
    private static Outcome outcomeOf(FrameHeader header) {
        return header.settlement().map(Settlement::outcome).orElse(Outcome.NO_FACE);
    }

    private static String resultOf(FrameHeader settled) {
        return switch (outcomeOf(settled)) {
            case IDENTIFIED, UNKNOWN, LOW_QUALITY, NO_FACE -> "done";
            case SHED -> "shed";
            case REJECTED -> "rejected";
        };
    }

    private static long micros(Duration duration) {
        return duration.toNanos() / 1_000;
    }

    private long now() {
        return Micros.now(ports.clock());
    }
}
