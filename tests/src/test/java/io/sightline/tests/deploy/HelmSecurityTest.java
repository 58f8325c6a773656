package io.sightline.tests.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.Probe;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyPeer;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Pods of the chart have the rights, limits and ways that they need, and no others. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HelmSecurityTest {
    private Chart chart;
    private Chart withJob;

    @SuppressWarnings("NullAway.Init") // BeforeAll sets the charts
    HelmSecurityTest() {}

    @BeforeAll
    void render() {
        chart = Chart.with(Chart.CAMERAS);
        withJob = Chart.with(Chart.CAMERAS, "strimzi: {enabled: false}\nembed: {gpu: {enabled: true}}");
    }

    @Test
    void podsRunWithoutRights() {
        pods().forEach(pod -> {
            PodSpec spec = pod.getSpec();
            assertThat(spec.getSecurityContext().getRunAsNonRoot()).isTrue();
            assertThat(spec.getSecurityContext().getRunAsUser()).isPositive();
            assertThat(spec.getSecurityContext().getSeccompProfile().getType()).isEqualTo("RuntimeDefault");
            assertThat(spec.getAutomountServiceAccountToken()).isFalse();
            assertThat(spec.getHostNetwork()).isNull();
            assertThat(spec.getHostPID()).isNull();
            // Else a Service of a fitting name would put settings into the environment.
            assertThat(spec.getEnableServiceLinks()).isFalse();
            assertThat(spec.getVolumes())
                    .allSatisfy(volume -> assertThat(volume.getHostPath()).isNull());
        });
        assertThat(chart.all(ServiceAccount.class))
                .singleElement()
                .satisfies(account ->
                        assertThat(account.getAutomountServiceAccountToken()).isFalse());
    }

    @Test
    void containersCannotChangeThemselvesAndHaveLimits() {
        containers().forEach(container -> {
            assertThat(container.getSecurityContext().getReadOnlyRootFilesystem())
                    .isTrue();
            assertThat(container.getSecurityContext().getAllowPrivilegeEscalation())
                    .isFalse();
            assertThat(container.getSecurityContext().getPrivileged()).isNull();
            assertThat(container.getSecurityContext().getCapabilities().getDrop())
                    .containsExactly("ALL");
            assertThat(container.getSecurityContext().getCapabilities().getAdd())
                    .isEmpty();
            assertThat(container.getResources().getLimits()).containsKeys("cpu", "memory");
            assertThat(container.getResources().getRequests()).containsKeys("cpu", "memory");
            assertThat(container.getImage()).matches("sightline-[a-z-]+:0\\.1\\.0");
        });
    }

    @Test
    void onlyHomeAndTemporaryFilesCanBeWritten() {
        pods().forEach(pod -> pod.getSpec().getContainers().get(0).getVolumeMounts().stream()
                .filter(mount -> !Boolean.TRUE.equals(mount.getReadOnly()))
                .forEach(mount -> assertThat(mount.getMountPath()).isIn("/var/lib/sightline", "/tmp")));
    }

    @Test
    void secretsAreFilesAndNeverVariablesOrSettings() {
        containers()
                .forEach(container -> assertThat(container.getEnv()).allSatisfy(variable -> {
                    assertThat(variable.getValueFrom() == null
                                    || variable.getValueFrom().getSecretKeyRef() == null)
                            .as(variable.getName())
                            .isTrue();
                    assertThat(container.getEnvFrom()).isEmpty();
                }));
        pods().flatMap(pod -> pod.getSpec().getVolumes().stream())
                .filter(volume -> volume.getSecret() != null)
                .forEach(volume -> {
                    // of a Secret only the one key that is meant
                    assertThat(volume.getSecret().getItems()).hasSize(1);
                    assertThat(volume.getSecret().getDefaultMode()).isEqualTo(0440);
                });
    }

    @Test
    void probesAskTheOpsPortOfTheSettings(@TempDir Path folder) throws IOException {
        for (String name : chart.pods().keySet()) {
            Container container = chart.container(name);
            int port = PodFiles.of(chart, name, folder.resolve(name))
                    .settings()
                    .ops()
                    .port();

            assertThat(container.getPorts()).singleElement().satisfies(ops -> {
                assertThat(ops.getName()).isEqualTo("ops");
                assertThat(ops.getContainerPort()).isEqualTo(port);
            });
            assertThat(path(container.getStartupProbe())).isEqualTo("/health/live");
            assertThat(path(container.getLivenessProbe())).isEqualTo("/health/live");
            assertThat(path(container.getReadinessProbe())).isEqualTo("/health/ready");
        }
    }

    @Test
    void everyDeploymentHasABudgetThatStillLetsANodeBeEmptied() {
        for (Deployment deployment : chart.all(Deployment.class)) {
            Map<String, String> labels =
                    deployment.getSpec().getTemplate().getMetadata().getLabels();

            assertThat(chart.all(PodDisruptionBudget.class))
                    .filteredOn(budget -> labels.entrySet()
                            .containsAll(budget.getSpec()
                                    .getSelector()
                                    .getMatchLabels()
                                    .entrySet()))
                    .singleElement()
                    .satisfies(budget -> assertThat(
                                    budget.getSpec().getMaxUnavailable().getIntVal())
                            .isEqualTo(1));
        }
    }

    @Test
    void nothingGoesInOrOutButWhatIsListed() {
        NetworkPolicy deny = chart.one(NetworkPolicy.class, "sightline-deny");
        assertThat(deny.getSpec().getPolicyTypes()).containsExactlyInAnyOrder("Ingress", "Egress");
        assertThat(deny.getSpec().getIngress()).isEmpty();
        assertThat(deny.getSpec().getEgress()).isEmpty();
        pods().forEach(pod -> assertThat(pod.getMetadata().getLabels())
                .containsAllEntriesOf(deny.getSpec().getPodSelector().getMatchLabels()));

        chart.all(NetworkPolicy.class).forEach(policy -> {
            // An empty list of peers or ports would mean all of them.
            policy.getSpec().getIngress().forEach(rule -> {
                assertThat(rule.getFrom()).isNotEmpty();
                assertThat(rule.getPorts()).isNotEmpty();
                rule.getFrom().forEach(HelmSecurityTest::isBounded);
            });
            policy.getSpec().getEgress().forEach(rule -> {
                assertThat(rule.getTo()).isNotEmpty();
                assertThat(rule.getPorts()).isNotEmpty();
                rule.getTo().forEach(HelmSecurityTest::isBounded);
            });
        });
    }

    @Test
    void onlyIngestReachesCamerasAndOnlyMatchReachesRedis() {
        assertThat(component("sightline-cameras")).isEqualTo("ingest");
        assertThat(component("sightline-redis")).isEqualTo("match");
        assertThat(chart.one(NetworkPolicy.class, "sightline-scrape")
                        .getSpec()
                        .getIngress()
                        .get(0)
                        .getPorts())
                .singleElement()
                .satisfies(port -> assertThat(port.getPort().getStrVal()).isEqualTo("ops"));
    }

    @Test
    void collectorOfTracesIsReachedWhereItIsNamed() {
        assertThat(chart.all(NetworkPolicy.class))
                .extracting(policy -> policy.getMetadata().getName())
                .doesNotContain("sightline-traces");

        Chart traced = Chart.with("networkPolicies: {traces: {podLabels: {app: collector}}}");

        assertThat(traced.one(NetworkPolicy.class, "sightline-traces").getSpec().getEgress())
                .singleElement()
                .satisfies(rule -> {
                    rule.getTo().forEach(HelmSecurityTest::isBounded);
                    assertThat(rule.getPorts().get(0).getPort().getIntVal()).isEqualTo(4318);
                });
    }

    private String component(String policy) {
        return chart.one(NetworkPolicy.class, policy)
                .getSpec()
                .getPodSelector()
                .getMatchLabels()
                .getOrDefault("app.kubernetes.io/component", "all");
    }

    private static void isBounded(NetworkPolicyPeer peer) {
        boolean hasPods = peer.getPodSelector() != null
                && !peer.getPodSelector().getMatchLabels().isEmpty();
        boolean hasAddresses =
                peer.getIpBlock() != null && !peer.getIpBlock().getCidr().endsWith("/0");
        assertThat(hasPods || hasAddresses).as("%s", peer).isTrue();
    }

    private static String path(Probe probe) {
        assertThat(probe.getHttpGet().getPort().getStrVal()).isEqualTo("ops");
        return probe.getHttpGet().getPath();
    }

    private Stream<PodTemplateSpec> pods() {
        List<PodTemplateSpec> pods = Stream.of(chart, withJob)
                .flatMap(rendered -> rendered.pods().values().stream())
                .toList();
        assertThat(pods).hasSize(11);
        return pods.stream();
    }

    private Stream<Container> containers() {
        return pods().flatMap(pod -> pod.getSpec().getContainers().stream());
    }
}
