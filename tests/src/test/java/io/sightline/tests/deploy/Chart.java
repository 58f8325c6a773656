package io.sightline.tests.deploy;

import com.marcnuri.helm.Helm;
import com.marcnuri.helm.TemplateCommand;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The Helm chart, rendered by Helm itself: what {@code helm template sightline deploy/k8s/sightline -n vision} gives. */
record Chart(List<HasMetadata> resources) {
    static final Path FOLDER =
            Path.of("..", "deploy", "k8s", "sightline").toAbsolutePath().normalize();

    /** Two groups of cameras, one with a password; everything else as it comes. */
    static final String CAMERAS = """
            ingest:
              groups:
                - name: gates
                  cameras:
                    - id: gate
                      url: rtsp://10.0.0.7/stream1
                      user: viewer
                      passwordSecret: {name: gate-camera, key: word}
                      fps: 5
                      max-width-px: 1280
                    - {id: lobby, url: "rtsps://10.0.0.8:322/live"}
                - name: yard
                  cameras: [{id: yard, url: "https://10.0.0.9/mjpeg"}]
            """;

    /** Renders with values that add to the default ones; throws what Helm says about wrong ones. */
    static Chart with(String... values) {
        return new Chart(StrictManifests.read(text(values)));
    }

    static String text(String... values) {
        try {
            Path folder = Files.createTempDirectory("values");
            TemplateCommand command = new Helm(FOLDER)
                    .template()
                    .withName("sightline")
                    .withNamespace("vision")
                    .withKubeVersion("1.31.0");
            for (int i = 0; i < values.length; i++) {
                command = command.withValuesFile(Files.writeString(folder.resolve(i + ".yaml"), values[i]));
            }
            try {
                return command.call();
            } finally {
                for (int i = 0; i < values.length; i++) {
                    Files.delete(folder.resolve(i + ".yaml"));
                }
                Files.delete(folder);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    <T extends HasMetadata> List<T> all(Class<T> type) {
        return resources.stream().filter(type::isInstance).map(type::cast).toList();
    }

    <T extends HasMetadata> T one(Class<T> type, String name) {
        return all(type).stream()
                .filter(resource -> resource.getMetadata().getName().equals(name))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no " + type.getSimpleName() + " " + name));
    }

    String config(String name, String file) {
        return present(one(ConfigMap.class, name).getData().get(file), file + " in ConfigMap " + name);
    }

    PodTemplateSpec pod(String name) {
        return present(pods().get(name), "Pod of " + name);
    }

    /** The Pods of all that starts some, by its name. */
    Map<String, PodTemplateSpec> pods() {
        Map<String, PodTemplateSpec> pods = new TreeMap<>();
        Stream.concat(
                        all(Deployment.class).stream()
                                .map(deployment -> Map.entry(
                                        deployment.getMetadata().getName(),
                                        deployment.getSpec().getTemplate())),
                        all(Job.class).stream()
                                .map(job -> Map.entry(
                                        job.getMetadata().getName(),
                                        job.getSpec().getTemplate())))
                .forEach(pod -> pods.put(pod.getKey(), pod.getValue()));
        return pods;
    }

    /** The one container of a Pod. */
    Container container(String name) {
        List<Container> containers = pod(name).getSpec().getContainers();
        if (containers.size() != 1) {
            throw new AssertionError(name + " has " + containers.size() + " containers");
        }
        return containers.get(0);
    }

    static <T> T present(@Nullable T value, String what) {
        if (value == null) {
            throw new AssertionError("there is no " + what);
        }
        return value;
    }
}
