package io.trefoil.helm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerPort;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.EnvVarSource;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServicePort;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.networking.v1.Ingress;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ChartManifestsTest {

  private static final String SEEDS =
      "birch-trefoil-0.birch-trefoil-peers.wood.svc.cluster.local:7400,"
          + "birch-trefoil-1.birch-trefoil-peers.wood.svc.cluster.local:7400,"
          + "birch-trefoil-2.birch-trefoil-peers.wood.svc.cluster.local:7400";

  @ParameterizedTest
  @ValueSource(strings = {"", Chart.MINIMAL, Chart.HIGHLY_AVAILABLE, Chart.EVERYTHING})
  void everyManifestIsOneThatKubernetesKnowsWhole(String values) {
    for (HasMetadata manifest : Chart.of(values).manifests()) {
      assertFalse(manifest instanceof GenericKubernetesResource, manifest.getKind());
      assertEquals(List.of(), Unknowns.of(manifest), manifest.getKind());
      assertTrue(manifest.getMetadata().getName().startsWith("birch-trefoil"));
      assertEquals("birch", manifest.getMetadata().getLabels().get("app.kubernetes.io/instance"));
    }
  }

  @Test
  void byDefaultThreePodsStartTogetherAndKeepTheirVolumes() {
    StatefulSet set = set("");
    assertEquals(3, set.getSpec().getReplicas());
    assertEquals("Parallel", set.getSpec().getPodManagementPolicy());
    assertEquals("RollingUpdate", set.getSpec().getUpdateStrategy().getType());
    assertEquals("birch-trefoil-peers", set.getSpec().getServiceName());
    var claim = set.getSpec().getVolumeClaimTemplates().getFirst();
    assertEquals("data", claim.getMetadata().getName());
    assertNull(claim.getSpec().getStorageClassName());
    assertEquals("10Gi", claim.getSpec().getResources().getRequests().get("storage").toString());
    var kept = set.getSpec().getPersistentVolumeClaimRetentionPolicy();
    assertEquals(List.of("Retain", "Retain"), List.of(kept.getWhenDeleted(), kept.getWhenScaled()));
  }

  @Test
  void aPodIsToldItsNameItsAddressAndTheSeeds() {
    Map<String, String> told = environment(set(""));
    assertEquals(
        new TreeMap<>(
            Map.of(
                "TREFOIL_NODE_NAME", "metadata.name",
                "TREFOIL_PEER_ADVERTISE", "status.podIP",
                "TREFOIL_NODE_ZONE", "metadata.labels['topology.kubernetes.io/zone']",
                "TREFOIL_NODE_DATA_DIR", "/data",
                "TREFOIL_CLUSTER_NAME", "trefoil",
                "TREFOIL_CLUSTER_SEEDS", SEEDS,
                "TREFOIL_SHUTDOWN_DELAY", "5s")),
        told);
  }

  @Test
  void keysComeFromASecretAndAreNowhereElse() {
    EnvVar keys =
        container(set(Chart.EVERYTHING)).getEnv().stream()
            .filter(variable -> variable.getName().equals("TREFOIL_PEER_KEYS"))
            .findFirst()
            .orElseThrow();
    assertNull(keys.getValue());
    assertEquals("wood-peers", keys.getValueFrom().getSecretKeyRef().getName());
    assertEquals("now", keys.getValueFrom().getSecretKeyRef().getKey());
    assertNull(keys.getValueFrom().getSecretKeyRef().getOptional());
    assertEquals(
        "keys",
        container(set("sealing: {existingSecret: peers}")).getEnv().stream()
            .filter(variable -> variable.getName().equals("TREFOIL_PEER_KEYS"))
            .map(variable -> variable.getValueFrom().getSecretKeyRef().getKey())
            .findFirst()
            .orElseThrow());
  }

  @Test
  void scalingChangesNoPod() {
    assertEquals(
        set("replicas: 3").getSpec().getTemplate(), set("replicas: 7").getSpec().getTemplate());
    assertEquals(SEEDS, environment(set("replicas: 7")).get("TREFOIL_CLUSTER_SEEDS"));
  }

  @Test
  void probesAskWhatTheNodeAnswers() {
    Container node = container(set(""));
    assertEquals("/q/health/started", node.getStartupProbe().getHttpGet().getPath());
    assertEquals("/q/health/live", node.getLivenessProbe().getHttpGet().getPath());
    assertEquals("/q/health/ready", node.getReadinessProbe().getHttpGet().getPath());
  }

  @Test
  void aPodStopsWhenItCanBeSparedAndHasTheTimeForIt() {
    PodSpec pod = pod(set("stop: {waitSeconds: 200, delaySeconds: 7}"));
    assertEquals(237, pod.getTerminationGracePeriodSeconds());
    assertEquals(
        List.of("java", "-jar", "quarkus-run.jar", "prepare-stop", "--wait", "200"),
        pod.getContainers().getFirst().getLifecycle().getPreStop().getExec().getCommand());
    PodSpec alone = pod(set(Chart.MINIMAL));
    assertNull(alone.getContainers().getFirst().getLifecycle());
    assertEquals(35, alone.getTerminationGracePeriodSeconds());
  }

  @Test
  void aPodKeepsToTheRestrictedProfile() {
    PodSpec pod = pod(set(""));
    assertTrue(pod.getSecurityContext().getRunAsNonRoot());
    assertEquals(10001, pod.getSecurityContext().getFsGroup());
    assertEquals("RuntimeDefault", pod.getSecurityContext().getSeccompProfile().getType());
    assertFalse(pod.getAutomountServiceAccountToken());
    var context = pod.getContainers().getFirst().getSecurityContext();
    assertFalse(context.getAllowPrivilegeEscalation());
    assertTrue(context.getReadOnlyRootFilesystem());
    assertEquals(List.of("ALL"), context.getCapabilities().getDrop());
    assertNotNull(pod.getVolumes().getFirst().getEmptyDir());
    assertEquals("/tmp", pod.getContainers().getFirst().getVolumeMounts().getLast().getMountPath());
  }

  @Test
  void peersAreFoundBeforeTheyAreReadyAndClientsGoToReadyPods() {
    Chart chart = Chart.of("");
    Service peers = chart.one(Service.class, "birch-trefoil-peers");
    assertEquals("None", peers.getSpec().getClusterIP());
    assertTrue(peers.getSpec().getPublishNotReadyAddresses());
    assertEquals(
        List.of("7400/UDP", "7400/TCP", "8080/TCP"),
        peers.getSpec().getPorts().stream().map(ChartManifestsTest::described).toList());
    Service clients = chart.one(Service.class, "birch-trefoil");
    assertNull(clients.getSpec().getPublishNotReadyAddresses());
    assertEquals(peers.getSpec().getSelector(), clients.getSpec().getSelector());
    assertEquals(
        peers.getSpec().getSelector(), set("").getSpec().getTemplate().getMetadata().getLabels());
    assertEquals(
        List.of("http 8080/TCP", "peer-udp 7400/UDP", "peer-tcp 7400/TCP"),
        container(set("")).getPorts().stream().map(ChartManifestsTest::described).toList());
  }

  @Test
  void onePodMayBeEvictedAtATime() {
    var budget = Chart.of("").one(PodDisruptionBudget.class, "birch-trefoil");
    assertEquals(new IntOrString(1), budget.getSpec().getMaxUnavailable());
    assertEquals(List.of(), Chart.of(Chart.MINIMAL).all(PodDisruptionBudget.class));
  }

  @Test
  void podsSpreadOverMachinesAndZones() {
    PodSpec soft = pod(set(""));
    var preferred =
        soft.getAffinity()
            .getPodAntiAffinity()
            .getPreferredDuringSchedulingIgnoredDuringExecution();
    assertEquals(
        "kubernetes.io/hostname", preferred.getFirst().getPodAffinityTerm().getTopologyKey());
    assertEquals(
        "ScheduleAnyway", soft.getTopologySpreadConstraints().getFirst().getWhenUnsatisfiable());
    PodSpec hard = pod(set(Chart.HIGHLY_AVAILABLE));
    var required =
        hard.getAffinity().getPodAntiAffinity().getRequiredDuringSchedulingIgnoredDuringExecution();
    assertEquals("kubernetes.io/hostname", required.getFirst().getTopologyKey());
    assertEquals(
        "DoNotSchedule", hard.getTopologySpreadConstraints().getFirst().getWhenUnsatisfiable());
    assertNull(pod(set(Chart.MINIMAL)).getAffinity());
    assertEquals(List.of(), pod(set(Chart.MINIMAL)).getTopologySpreadConstraints());
  }

  @Test
  void onlyPodsOfTheReleaseArePeers() {
    var rules = Chart.of("").one(NetworkPolicy.class, "birch-trefoil").getSpec().getIngress();
    var peers = rules.getFirst();
    assertEquals(
        set("").getSpec().getSelector().getMatchLabels(),
        peers.getFrom().getFirst().getPodSelector().getMatchLabels());
    assertEquals(
        List.of("UDP", "TCP"), peers.getPorts().stream().map(p -> p.getProtocol()).toList());
    assertEquals(
        2,
        rules.stream()
            .filter(rule -> rule.getPorts().getFirst().getPort().getIntVal() == 8080)
            .count());
  }

  @Test
  void everythingOnIsEverythingThere() {
    Chart chart = Chart.of(Chart.EVERYTHING);
    StatefulSet set = chart.one(StatefulSet.class, "birch-trefoil");
    Map<String, String> told = environment(set);
    assertEquals("67108864", told.get("TREFOIL_COPY_BYTES_PER_SECOND"));
    assertEquals("2m", told.get("TREFOIL_EVICTION_DELAY"));
    assertEquals("false", told.get("TREFOIL_OPERATIONS_LOG"));
    assertEquals("east", told.get("TREFOIL_NODE_ZONE"));
    assertEquals("true", told.get("QUARKUS_LOG_CONSOLE_JSON"));
    assertEquals("registry.example/trefoil:1.2.3", container(set).getImage());
    assertEquals(List.of("serve", "-Dquarkus.log.level=DEBUG"), container(set).getArgs());
    Ingress ingress = chart.one(Ingress.class, "birch-trefoil");
    var backend = ingress.getSpec().getRules().getFirst().getHttp().getPaths().getFirst();
    assertEquals("birch-trefoil", backend.getBackend().getService().getName());
    NetworkPolicy policy = chart.one(NetworkPolicy.class, "birch-trefoil");
    assertEquals(List.of("Ingress", "Egress"), policy.getSpec().getPolicyTypes());
    Service clients = chart.one(Service.class, "birch-trefoil");
    assertEquals(30080, clients.getSpec().getPorts().getFirst().getNodePort());
  }

  @Test
  void withoutPersistenceTheEngineIsMemory() {
    StatefulSet set = set(Chart.MINIMAL);
    assertEquals("memory", environment(set).get("TREFOIL_STORAGE_ENGINE"));
    assertEquals(List.of(), set.getSpec().getVolumeClaimTemplates());
    assertFalse(environment(set).containsKey("TREFOIL_NODE_ZONE"));
  }

  private static StatefulSet set(String values) {
    return Chart.of(values).one(StatefulSet.class, "birch-trefoil");
  }

  private static PodSpec pod(StatefulSet set) {
    return set.getSpec().getTemplate().getSpec();
  }

  private static Container container(StatefulSet set) {
    return pod(set).getContainers().getFirst();
  }

  private static Map<String, String> environment(StatefulSet set) {
    Map<String, String> told = new TreeMap<>();
    for (EnvVar variable : container(set).getEnv()) {
      String value =
          Optional.ofNullable(variable.getValue()).orElseGet(() -> source(variable.getValueFrom()));
      assertNull(told.put(variable.getName(), value), variable.getName() + " is there twice");
    }
    return told;
  }

  private static String source(EnvVarSource source) {
    return source.getFieldRef() == null
        ? "secret " + source.getSecretKeyRef().getName()
        : source.getFieldRef().getFieldPath();
  }

  private static String described(ServicePort port) {
    return port.getPort() + "/" + port.getProtocol();
  }

  private static String described(ContainerPort port) {
    return port.getName() + " " + port.getContainerPort() + "/" + port.getProtocol();
  }
}
