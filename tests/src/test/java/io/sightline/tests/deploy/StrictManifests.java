package io.sightline.tests.deploy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscaler;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import io.fabric8.openshift.api.model.monitoring.v1.PodMonitor;
import io.fabric8.openshift.api.model.monitoring.v1.PrometheusRule;
import io.strimzi.api.kafka.model.topic.KafkaTopic;
import io.strimzi.api.kafka.model.user.KafkaUser;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** Reads manifests into the types of Kubernetes, Strimzi and the Prometheus operator; a field that those do not have is an error. */
final class StrictManifests {
    private static final Map<String, Class<? extends HasMetadata>> KINDS = List.of(
                    ConfigMap.class,
                    ServiceAccount.class,
                    Deployment.class,
                    Job.class,
                    HorizontalPodAutoscaler.class,
                    NetworkPolicy.class,
                    PodDisruptionBudget.class,
                    PodMonitor.class,
                    PrometheusRule.class,
                    KafkaTopic.class,
                    KafkaUser.class)
            .stream()
            .collect(Collectors.toMap(HasMetadata::getKind, Function.identity()));

    private static final Map<String, String> VERSIONS = Map.ofEntries(
            Map.entry("ConfigMap", "v1"),
            Map.entry("ServiceAccount", "v1"),
            Map.entry("Deployment", "apps/v1"),
            Map.entry("Job", "batch/v1"),
            Map.entry("HorizontalPodAutoscaler", "autoscaling/v2"),
            Map.entry("NetworkPolicy", "networking.k8s.io/v1"),
            Map.entry("PodDisruptionBudget", "policy/v1"),
            Map.entry("PodMonitor", "monitoring.coreos.com/v1"),
            Map.entry("PrometheusRule", "monitoring.coreos.com/v1"),
            Map.entry("KafkaTopic", "kafka.strimzi.io/v1"),
            Map.entry("KafkaUser", "kafka.strimzi.io/v1"));

    private static final KubernetesSerialization TYPES = new KubernetesSerialization();
    private static final ObjectMapper JSON = new ObjectMapper();

    private StrictManifests() {}

    /** All documents of the text; throws {@link AssertionError} that names what is unknown and where. */
    static List<HasMetadata> read(String yaml) {
        List<HasMetadata> read = new ArrayList<>();
        LoaderOptions options = new LoaderOptions();
        options.setAllowDuplicateKeys(false);
        for (Object document : new Yaml(new SafeConstructor(options)).loadAll(yaml)) {
            if (document != null) {
                read.add(one(JSON.valueToTree(document)));
            }
        }
        return read;
    }

    private static HasMetadata one(JsonNode document) {
        String kind = document.path("kind").asText();
        Class<? extends HasMetadata> type = KINDS.get(kind);
        if (type == null) {
            throw new AssertionError("no type is known for the kind '" + kind + "' of " + document);
        }
        if (!document.path("apiVersion").asText().equals(VERSIONS.get(kind))) {
            throw new AssertionError(
                    kind + " is of " + document.path("apiVersion") + ", expected " + VERSIONS.get(kind));
        }
        HasMetadata typed = TYPES.unmarshal(document.toString(), type);
        refuseUnknown(typed, kind + "/" + typed.getMetadata().getName());
        return typed;
    }

    /** The models keep what they do not know in {@code getAdditionalProperties()}. */
    private static void refuseUnknown(@Nullable Object model, String where) {
        if (model instanceof Collection<?> items) {
            items.forEach(item -> refuseUnknown(item, where + "[]"));
        } else if (model instanceof Map<?, ?> entries) {
            entries.forEach((key, value) -> refuseUnknown(value, where + "." + key));
        } else if (model instanceof Optional<?>
                || model == null
                || model instanceof Enum<?>
                || !isModel(model.getClass())) {
            return;
        } else {
            Map<?, ?> unknown = additional(model);
            if (!unknown.isEmpty()) {
                throw new AssertionError(where + " has fields that its type does not know: " + unknown.keySet());
            }
            for (Class<?> type = model.getClass(); isModel(type); type = type.getSuperclass()) {
                for (Field field : type.getDeclaredFields()) {
                    if (!Modifier.isStatic(field.getModifiers())) {
                        refuseUnknown(value(model, field), where + "." + field.getName());
                    }
                }
            }
        }
    }

    private static boolean isModel(Class<?> type) {
        return type.getName().startsWith("io.fabric8.") || type.getName().startsWith("io.strimzi.");
    }

    private static Map<?, ?> additional(Object model) {
        try {
            Method method = model.getClass().getMethod("getAdditionalProperties");
            return method.invoke(model) instanceof Map<?, ?> map ? map : Map.of();
        } catch (NoSuchMethodException e) {
            return Map.of();
        } catch (ReflectiveOperationException e) {
            throw new LinkageError(e.getMessage(), e);
        }
    }

    private static @Nullable Object value(Object model, Field field) {
        try {
            field.setAccessible(true);
            return field.get(model);
        } catch (ReflectiveOperationException e) {
            throw new LinkageError(e.getMessage(), e);
        }
    }
}
