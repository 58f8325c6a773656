package io.sightline.app.cli;

import io.sightline.app.pipeline.Models;
import io.sightline.inference.card.LockedModel;
import io.sightline.inference.store.ModelStatus;
import io.sightline.inference.store.ModelStore;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code sightline models}: which there are, fetching and verifying them. */
@Command(
        name = "models",
        mixinStandardHelpOptions = true,
        description = "Lists, fetches, verifies and measures models.",
        subcommands = {
            ModelsCommand.ListAll.class,
            ModelsCommand.Fetch.class,
            ModelsCommand.Verify.class,
            EvaluateCommand.class
        })
final class ModelsCommand {
    private static ModelStore store(GlobalOptions global) {
        return Models.store(global.settings(), global.home());
    }

    private static Map<String, Object> tree(LockedModel model) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("id", model.id());
        tree.put("file", model.file());
        tree.put("sha256", model.sha256());
        tree.put("size_bytes", model.sizeBytes());
        tree.put("origin", model.origin().toString());
        tree.put("licence", model.licence());
        return tree;
    }

    @Command(name = "list", mixinStandardHelpOptions = true, description = "Every model with origin and licence.")
    static final class ListAll implements Callable<Integer> {
        @Mixin
        private final GlobalOptions global = new GlobalOptions();

        @Option(names = "--json", description = "As JSON.")
        private boolean isJson;

        @Override
        public Integer call() {
            List<LockedModel> models = store(global).list();
            if (isJson) {
                System.out.println(
                        JsonText.of(models.stream().map(ModelsCommand::tree).toList()));
                return 0;
            }
            for (LockedModel model : models) {
                System.out.println(model.id());
                System.out.println("  file     " + model.file() + ", " + model.sizeBytes() + " bytes");
                System.out.println("  sha256   " + model.sha256());
                System.out.println("  origin   " + model.origin());
                System.out.println("  licence  " + model.licence());
            }
            return 0;
        }
    }

    @Command(name = "fetch", mixinStandardHelpOptions = true, description = "Fetches what is missing into the cache.")
    static final class Fetch implements Callable<Integer> {
        @Mixin
        private final GlobalOptions global = new GlobalOptions();

        @Parameters(paramLabel = "ID", arity = "0..*", description = "Which (default: all).")
        private List<String> ids = List.of();

        @Override
        public Integer call() {
            ModelStore store = store(global);
            List<String> wanted =
                    ids.isEmpty() ? store.list().stream().map(LockedModel::id).toList() : ids;
            for (String id : wanted) {
                System.out.println(id + ": " + store.fetch(id));
            }
            return 0;
        }
    }

    @Command(name = "verify", mixinStandardHelpOptions = true, description = "Checks every file against its hash.")
    static final class Verify implements Callable<Integer> {
        @Mixin
        private final GlobalOptions global = new GlobalOptions();

        @Option(names = "--json", description = "As JSON.")
        private boolean isJson;

        @Override
        public Integer call() {
            List<ModelStatus> statuses = store(global).verifyAll();
            if (isJson) {
                System.out.println(
                        JsonText.of(statuses.stream().map(Verify::tree).toList()));
            } else {
                statuses.forEach(status ->
                        System.out.println(status.model().id() + ": " + status.state() + ": " + status.sentence()));
            }
            boolean isAllReady = statuses.stream().allMatch(status -> status.state() == ModelStatus.State.READY);
            return isAllReady ? 0 : SightlineCommand.FAILED;
        }

        private static Map<String, String> tree(ModelStatus status) {
            return Map.of("id", status.model().id(), "state", status.state().name(), "sentence", status.sentence());
        }
    }
}
