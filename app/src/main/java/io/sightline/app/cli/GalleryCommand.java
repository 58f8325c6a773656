package io.sightline.app.cli;

import io.sightline.app.pipeline.Closing;
import io.sightline.match.gallery.GalleryStore;
import io.sightline.match.gallery.PersonDetail;
import io.sightline.match.gallery.PersonSummary;
import io.sightline.match.gallery.RemovalReceipt;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.ToIntFunction;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code sightline gallery}: who is enrolled. */
@Command(
        name = "gallery",
        mixinStandardHelpOptions = true,
        description = "Enrols, lists, shows and erases people.",
        subcommands = {
            GalleryImportCommand.class,
            GalleryCommand.ListAll.class,
            GalleryCommand.Show.class,
            GalleryCommand.Remove.class
        })
final class GalleryCommand {
    /** Opens the gallery for a while: that of the settings, of a running all-in-one, or of the data folder. */
    static int withGallery(GlobalOptions global, ToIntFunction<GalleryStore> use) {
        try (Closing closing = new Closing()) {
            GalleryStore gallery =
                    closing.add(GalleryStore.open(LocalInstallation.redis(global.settings(), global.home(), closing)));
            gallery.check();
            return use.applyAsInt(gallery);
        }
    }

    private static Map<String, Object> tree(PersonSummary person) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("id", person.person().id());
        tree.put("name", person.person().name());
        tree.put("enrolled_at", person.enrolledAt().toString());
        tree.put("templates", person.templatesByModel());
        return tree;
    }

    @Command(name = "list", mixinStandardHelpOptions = true, description = "Everybody enrolled.")
    static final class ListAll implements Callable<Integer> {
        @Mixin
        private final GlobalOptions global = new GlobalOptions();

        @Option(names = "--json", description = "As JSON.")
        private boolean isJson;

        @Override
        public Integer call() {
            return withGallery(global, gallery -> {
                List<PersonSummary> people = gallery.list();
                if (isJson) {
                    System.out.println(JsonText.of(
                            people.stream().map(GalleryCommand::tree).toList()));
                } else {
                    people.forEach(person -> System.out.println(person.person().id() + "  " + person.templates()
                            + " templates  " + person.person().name()));
                    System.out.println(people.size() + " people");
                }
                return 0;
            });
        }
    }

    @Command(
            name = "show",
            mixinStandardHelpOptions = true,
            description = "One person, with what each template came from.")
    static final class Show implements Callable<Integer> {
        @Mixin
        private final GlobalOptions global = new GlobalOptions();

        @Parameters(paramLabel = "NAME|ID", description = "Who.")
        @SuppressWarnings("NullAway.Init") // picocli demands it
        private String who;

        @Option(names = "--json", description = "As JSON.")
        private boolean isJson;

        @Override
        public Integer call() {
            return withGallery(global, gallery -> {
                PersonDetail detail = gallery.show(who)
                        .orElseThrow(
                                () -> new UnmetNeedException("nobody is enrolled as '" + who + "'; see gallery list"));
                Map<String, Object> tree = tree(detail.summary());
                tree.put("pictures", detail.pictures());
                tree.put(
                        "sources",
                        detail.templates().stream()
                                .map(template -> Map.of(
                                        "source", template.source(),
                                        "model", template.modelId(),
                                        "quality", template.quality(),
                                        "enrolled_at", template.enrolledAt().toString()))
                                .toList());
                System.out.println(isJson ? JsonText.of(tree) : text(tree));
                return 0;
            });
        }

        private static String text(Map<String, Object> tree) {
            StringBuilder text = new StringBuilder();
            tree.forEach((key, value) -> text.append("%-12s %s%n".formatted(key, value)));
            return text.toString().stripTrailing();
        }
    }

    @Command(
            name = "remove",
            mixinStandardHelpOptions = true,
            description = "Erases a person: templates, and the pictures of sightings. Says what was erased.")
    static final class Remove implements Callable<Integer> {
        @Mixin
        private final GlobalOptions global = new GlobalOptions();

        @Parameters(paramLabel = "NAME|ID", description = "Who.")
        @SuppressWarnings("NullAway.Init") // picocli demands it
        private String who;

        @Option(names = "--json", description = "As JSON.")
        private boolean isJson;

        @Override
        public Integer call() {
            return withGallery(global, gallery -> {
                RemovalReceipt receipt = gallery.remove(who)
                        .orElseThrow(
                                () -> new UnmetNeedException("nobody is enrolled as '" + who + "'; see gallery list"));
                Map<String, Object> tree = new LinkedHashMap<>();
                tree.put("id", receipt.person().id());
                tree.put("name", receipt.person().name());
                tree.put("templates_erased", receipt.templates());
                tree.put("pictures_erased", receipt.pictures());
                tree.put("still_there", "past sightings name this id on the topic sightings until it is 90 days old");
                System.out.println(isJson ? JsonText.of(tree) : Show.text(tree));
                return 0;
            });
        }
    }
}
