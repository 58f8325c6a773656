package io.sightline.tests.deploy;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.KeyToPath;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.sightline.app.pipeline.SightlineSettings;
import io.sightline.ingest.CameraSpec;
import io.sightline.ingest.CamerasFile;
import io.sightline.runtime.settings.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a container of the chart would find: its mounts as folders beneath one of ours, every secret's word {@code canary-} with the
 * file's place, and its variables. Paths within the texts are led there too.
 */
final class PodFiles {
    private final Container container;
    private final Path root;
    private final Map<String, String> environment = new HashMap<>();

    private PodFiles(Container container, Path root) {
        this.container = container;
        this.root = root;
    }

    static PodFiles of(Chart chart, String pod, Path root) throws IOException {
        PodFiles files = new PodFiles(chart.container(pod), root);
        Map<String, Volume> volumes = new HashMap<>();
        chart.pod(pod).getSpec().getVolumes().forEach(volume -> volumes.put(volume.getName(), volume));
        for (VolumeMount mount : files.container.getVolumeMounts()) {
            files.mount(
                    chart,
                    Chart.present(volumes.get(mount.getName()), "volume " + mount.getName()),
                    mount.getMountPath());
        }
        for (EnvVar variable : files.container.getEnv()) {
            String value = variable.getValue() == null ? pod + "-7d4f-x2x" : variable.getValue();
            files.environment.put(variable.getName(), files.here(value));
        }
        return files;
    }

    /** The settings as the container's program reads them, by its own arguments. */
    SightlineSettings settings() {
        return SightlineSettings.read(Settings.load(Optional.of(path(after("--config"))), environment, Map.of()));
    }

    /** As {@link #settings}, the cameras. */
    List<CameraSpec> cameras() {
        return CamerasFile.read(
                path(after("--cameras")), environment, settings().ingest().capture());
    }

    Map<String, String> environment() {
        return Map.copyOf(environment);
    }

    Path path(String inContainer) {
        return root.resolve(inContainer.substring(1));
    }

    private String after(String option) {
        return container.getArgs().get(container.getArgs().indexOf(option) + 1);
    }

    private void mount(Chart chart, Volume volume, String at) throws IOException {
        Path folder = Files.createDirectories(path(at));
        if (volume.getConfigMap() != null) {
            ConfigMap map = chart.one(ConfigMap.class, volume.getConfigMap().getName());
            for (Map.Entry<String, String> file : map.getData().entrySet()) {
                Files.writeString(folder.resolve(file.getKey()), here(file.getValue()));
            }
        } else if (volume.getSecret() != null) {
            for (KeyToPath item : volume.getSecret().getItems()) {
                Files.writeString(folder.resolve(item.getPath()), "canary-" + at + "/" + item.getPath());
            }
        }
    }

    /** The text with the container's paths led beneath our folder. */
    private String here(String text) {
        return text.replace("/run/secrets", root + "/run/secrets").replace("/etc/sightline", root + "/etc/sightline");
    }
}
