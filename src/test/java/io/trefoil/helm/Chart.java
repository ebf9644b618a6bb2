package io.trefoil.helm;

import com.marcnuri.helm.Helm;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/// What Helm makes of the chart, as Kubernetes' own types. The release is called `birch` and lives
/// in the namespace `wood`.
///
/// @param manifests in the order of rendering
record Chart(List<HasMetadata> manifests) {

  /// Where the chart is.
  static final Path FOLDER = Path.of("helm/trefoil");

  /// Everything that can be switched on, switched on.
  static final String EVERYTHING =
      """
      replicas: 5
      cluster: {name: wood, seeds: 3, domain: example.local}
      settings:
        eviction-delay: 2m
        copy.bytes-per-second: 67108864
        operations-log: false
        storage.sync: interval
      image: {repository: registry.example/trefoil, tag: 1.2.3, pullSecrets: [pull]}
      sealing: {existingSecret: wood-peers, secretKey: now}
      zone: {value: east}
      stop: {waitSeconds: 300, delaySeconds: 10}
      scaleDown: {from: 7}
      persistence:
        size: 100Gi
        storageClassName: fast
        retentionPolicy: {whenDeleted: Retain, whenScaled: Delete}
      javaOptions: -XX:MaxRAMPercentage=40
      extraArgs: [-Dquarkus.log.level=DEBUG]
      extraEnv: [{name: QUARKUS_LOG_CONSOLE_JSON, value: "true"}]
      service: {type: NodePort, port: 80, nodePort: 30080, annotations: {a: b}}
      ingress:
        enabled: true
        className: nginx
        annotations: {a: b}
        hosts: [{host: trefoil.example.org, path: /}]
        tls: [{secretName: tls, hosts: [trefoil.example.org]}]
      antiAffinity: hard
      topologySpread: {whenUnsatisfiable: DoNotSchedule}
      nodeSelector: {disk: ssd}
      tolerations: [{key: dedicated, operator: Exists}]
      priorityClassName: high
      serviceAccount: {annotations: {a: b}}
      podAnnotations: {a: b}
      podLabels: {team: storage}
      networkPolicy:
        clients: [{namespaceSelector: {matchLabels: {name: shop}}}]
        restrictEgress: true
      metrics:
        serviceMonitor: {enabled: true, labels: {release: prometheus}}
        prometheusRule: {enabled: true, runbookBase: "https://runbooks.example.org"}
        dashboard: {enabled: true}
      """;

  /// Three zones, one pod on a machine, five pods.
  static final String HIGHLY_AVAILABLE =
      """
      replicas: 5
      antiAffinity: hard
      topologySpread: {whenUnsatisfiable: DoNotSchedule}
      """;

  /// The least: one pod that forgets.
  static final String MINIMAL =
      """
      replicas: 1
      allowFewerThanThree: true
      cluster: {seeds: 1}
      persistence: {enabled: false}
      zone: {fromLabel: ""}
      antiAffinity: none
      topologySpread: {enabled: false}
      networkPolicy: {enabled: false}
      serviceAccount: {create: false}
      """;

  private static final Path WITHOUT_HOOKS = withoutHooks();

  /// The mark of a hook, as it is in [#of]: the library leaves out what has Helm's own.
  static final String HOOK = "was.helm.sh/hook";

  /// Renders, hooks included.
  ///
  /// @param values a values file's text; empty for the defaults
  /// @throws IllegalStateException with Helm's message, if the values are refused
  static Chart of(String values) {
    KubernetesSerialization reader = new KubernetesSerialization();
    return new Chart(
        Arrays.stream(text(WITHOUT_HOOKS, values).split("(?m)^---\\R"))
            .filter(document -> document.contains("kind:"))
            .map(document -> (HasMetadata) reader.unmarshal(document))
            .toList());
  }

  /// The text that Helm makes of the chart, without hooks.
  static String text(String values) {
    return text(FOLDER, values);
  }

  private static String text(Path chart, String values) {
    try {
      Path file = Files.createTempFile("values", ".yaml");
      try {
        Files.writeString(file, values);
        Helm helm = new Helm(chart);
        return helm.template()
            .withName("birch")
            .withNamespace("wood")
            .withKubeVersion("1.34.0")
            .withValuesFile(file)
            .call();
      } finally {
        Files.delete(file);
      }
    } catch (IOException unwritable) {
      throw new UncheckedIOException(unwritable);
    }
  }

  /// A copy of the chart in which nothing is a hook.
  private static Path withoutHooks() {
    try (var files = Files.walk(FOLDER)) {
      Path copy = Files.createTempDirectory(Path.of("target"), "chart");
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Path to = copy.resolve(FOLDER.relativize(file));
        Files.createDirectories(to.getParent());
        Files.writeString(to, Files.readString(file).replace("helm.sh/hook", HOOK));
      }
      return copy;
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  /// The one manifest of that kind and name.
  <T extends HasMetadata> T one(Class<T> kind, String name) {
    List<T> found = all(kind).stream().filter(m -> m.getMetadata().getName().equals(name)).toList();
    if (found.size() != 1) {
      throw new AssertionError(found.size() + " of " + kind.getSimpleName() + " " + name);
    }
    return found.getFirst();
  }

  /// Those of a kind.
  <T extends HasMetadata> List<T> all(Class<T> kind) {
    return manifests.stream().filter(kind::isInstance).map(kind::cast).toList();
  }
}
