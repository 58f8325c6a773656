package io.sightline.app.enrol;

import io.sightline.app.enrol.EnrolSettings.OnResemblance;
import io.sightline.contracts.face.Embedding;
import io.sightline.inference.card.EmbedderSpec;
import io.sightline.match.gallery.Template;
import io.sightline.match.search.Candidate;
import java.io.IOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Enrols people from photos. A template's source is the hash of the photo's file, so the same file adds nothing twice: an import that was
 * killed and is run again ends as an unbroken one would. A person's templates are added together, after the last photo.
 *
 * <p>A photo resembles another person when it would clearly have been named after them: at the embedder's threshold plus margin or above.
 * Belongs to one thread.
 */
public final class Enroller {
    private final PhotoExaminer examiner;
    private final EnrolGallery gallery;
    private final EnrolSettings settings;
    private final double resembles;
    private final double unlike;

    public Enroller(PhotoExaminer examiner, EnrolGallery gallery, EnrolSettings settings, EmbedderSpec embedder) {
        this.examiner = examiner;
        this.gallery = gallery;
        this.settings = settings;
        this.resembles = embedder.threshold() + embedder.margin();
        this.unlike = embedder.threshold() / 2;
    }

    /** Enrols everybody in the folder; {@code heard} is told of each photo as soon as its person is done. */
    public ImportReport enrol(PeopleFolder folder, Consumer<PhotoReport> heard) {
        List<PhotoReport> reports = new ArrayList<>(folder.problems());
        reports.forEach(heard);
        for (PersonPhotos person : folder.people()) {
            List<PhotoReport> ofPerson = enrol(person);
            ofPerson.forEach(heard);
            reports.addAll(ofPerson);
        }
        return ImportReport.of(reports);
    }

    /** Enrols one person from what is good enough among the photos; one report per photo, in their order. */
    public List<PhotoReport> enrol(PersonPhotos person) {
        Set<String> known = new HashSet<>(gallery.sources(person.name(), examiner.modelId()));
        List<Judged> judged = new ArrayList<>();
        for (int i = 0; i < person.photos().size(); i++) {
            Photo photo = person.photos().get(i);
            judged.add(
                    i < settings.maxPhotosPerPerson()
                            ? judge(person.name(), photo, known)
                            : Judged.refused(
                                    photo,
                                    person.name(),
                                    Refusal.TOO_MANY,
                                    "only the first " + settings.maxPhotosPerPerson()
                                            + " photos of a person are looked at: keep the best ones, or raise enrol.max-photos-per-person"));
        }
        List<Template> templates =
                judged.stream().flatMap(one -> one.template().stream()).toList();
        if (!templates.isEmpty()) {
            gallery.enrol(person.name(), examiner.modelId(), templates);
        }
        return judged.stream().map(one -> warned(one, templates)).toList();
    }

    private Judged judge(String name, Photo photo, Set<String> known) {
        byte[] file;
        try {
            file = photo.bytes();
        } catch (IOException e) {
            return Judged.refused(photo, name, Refusal.UNREADABLE, "the file cannot be read (" + e.getMessage() + ")");
        }
        String source = sourceOf(file);
        if (known.contains(source)) {
            return new Judged(PhotoReport.known(photo.label(), name), Optional.empty());
        }
        Judged judged = examiner.examine(file)
                .fold(
                        usable -> compared(
                                name,
                                photo,
                                new Template(
                                        usable.embedding(), usable.quality().score(), source)),
                        refused -> Judged.refused(photo, name, refused.reason(), refused.sentence()));
        judged.template().map(Template::source).ifPresent(known::add);
        return judged;
    }

    private Judged compared(String name, Photo photo, Template template) {
        Optional<String> resemblance = gallery.mostSimilarOther(name, examiner.modelId(), template.embedding())
                .filter(other -> other.similarity() >= resembles)
                .map(this::resemblance);
        if (resemblance.isPresent() && settings.onResemblance() == OnResemblance.REFUSE) {
            return Judged.refused(photo, name, Refusal.RESEMBLES_ANOTHER, resemblance.get());
        }
        return new Judged(
                PhotoReport.accepted(photo.label(), name, template.quality(), resemblance), Optional.of(template));
    }

    private String resemblance(Candidate other) {
        return String.format(
                Locale.ROOT,
                "resembles '%s', who is enrolled already (similarity %.2f, from %.2f on): if they are one person, use one name; if not, look"
                        + " for a mixed-up photo, or set enrol.on-resemblance to warn",
                other.person().name(),
                other.similarity(),
                resembles);
    }

    /** Says so when a photo resembles none of the others that were enrolled with it. */
    private PhotoReport warned(Judged one, List<Template> together) {
        Optional<Template> template = one.template();
        if (template.isEmpty() || together.size() < 2 || one.report().detail().isPresent()) {
            return one.report();
        }
        Embedding own = template.get().embedding();
        double best = together.stream()
                .filter(other -> !other.source().equals(template.get().source()))
                .mapToDouble(other -> other.embedding().similarity(own))
                .max()
                .orElse(1);
        return best >= unlike
                ? one.report()
                : one.report()
                        .withDetail(String.format(
                                Locale.ROOT,
                                "resembles none of this person's other photos (similarity %.2f at most): check whom it shows",
                                best));
    }

    /** The name of a photo's content, by which it is known again whatever its file is called. */
    static String sourceOf(byte[] file) {
        try {
            return "sha256:"
                    + HexFormat.of()
                            .formatHex(MessageDigest.getInstance("SHA-256").digest(file));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    /** A photo's report, with its template where it gives one. */
    private record Judged(PhotoReport report, Optional<Template> template) {
        static Judged refused(Photo photo, String person, Refusal reason, String sentence) {
            return new Judged(
                    PhotoReport.refused(photo.label(), Optional.of(person), reason, sentence), Optional.empty());
        }
    }
}
