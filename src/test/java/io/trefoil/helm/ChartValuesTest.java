package io.trefoil.helm;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.marcnuri.helm.Helm;
import com.marcnuri.helm.LintResult;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What the chart takes, and what it refuses with which words.
class ChartValuesTest {

  @Test
  void theChartPassesLint() {
    LintResult result = new Helm(Chart.FOLDER).lint().strict().call();
    assertFalse(result.isFailed(), () -> String.join("\n", result.getMessages()));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "replicas: 100",
        "replicas: 5\ncluster: {seeds: 5}",
        "allowFewerThanThree: true\nreplicas: 2\ncluster: {seeds: 2}",
        "cluster: {externalSeeds: ['10.0.0.1:7400', 'alder.example:7400', '[fd00::1]:7400']}",
        "persistence: {storageClassName: ''}",
        "persistence: {storageClassName: fast, size: 1.5Ti}",
        "resources: {limits: {cpu: 2, memory: 4Gi}}",
        "settings: {lease: 5s, cluster.partitions: 16384, operations-log: false}",
        "image: {digest: 'sha256:"
            + "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef'}"
      })
  void valuesThatWorkAreTaken(String values) {
    assertDoesNotThrow(() -> Chart.of(values));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "replicas: 0                                    | replicas",
        "replicas: -3                                   | replicas",
        "replicas: many                                 | got string, want integer",
        "replicas: 2.5                                  | replicas",
        "replicas: 2                                    | each key has three copies: use 3 or more",
        "replicas: 1                                    | or set allowFewerThanThree=true",
        "cluster: {seeds: 5}                            | there must be at least as many pods",
        "cluster: {seeds: 0}                            | /cluster/seeds",
        "sealing: {keys: hush}                          | sealing",
        "sealing: {existingSecret: Not A Name}          | /sealing/existingSecret",
        "sealing: {secretKey: ''}                       | /sealing/secretKey",
        "settings: {peer.keys: hush}                    | settings",
        "extraArgs: [-Dtrefoil.peer.keys=hush]          | which is secret: put it into a Secret",
        "cluster: {seeds: three}                        | /cluster/seeds",
        "cluster: {name: 'two words'}                   | /cluster/name",
        "cluster: {externalSeeds: [alder]}              | /cluster/externalSeeds/0",
        "cluster: {externalSeeds: alder:7400}           | /cluster/externalSeeds",
        "cluster: {externalSeeds: ['a:1', 'a:1']}       | names a seed twice",
        "persistence: {storageClassName: 3}             | /persistence/storageClassName",
        "persistence: {storageClassName: {name: fast}}  | /persistence/storageClassName",
        "persistence: {size: 10}                        | /persistence/size",
        "persistence: {size: ten}                       | /persistence/size",
        "persistence: {accessModes: ReadWriteOnce}      | /persistence/accessModes",
        "settings: {leese: 3s}                          | 'leese' not allowed",
        "settings: {node.name: a}                       | 'node.name' not allowed",
        "settings: {lease: soon}                        | /settings/lease",
        "settings: {cluster.partitions: 1000}           | /settings/cluster.partitions",
        "settings: {storage.engine: disk}               | /settings/storage.engine",
        "stop: {waitSeconds: 0}                         | /stop/waitSeconds",
        "stop: {delaySeconds: 61}                       | /stop/delaySeconds",
        "ingress: {enabled: true}                       | ingress.hosts is empty",
        "service: {nodePort: 30080}                     | service.type is ClusterIP",
        "podSecurityContext: {runAsUser: 0}             | does not run as root",
        "extraEnv: [{name: TREFOIL_LEASE, value: 3s}]   | belong under settings",
        "extraEnv: {TREFOIL_LEASE: 3s}                  | /extraEnv",
        "antiAffinity: perhaps                          | /antiAffinity",
        "replica: 5                                     | 'replica' not allowed",
        "image: {digest: latest}                        | /image/digest"
      })
  void valuesThatCannotWorkAreRefusedByName(String values, String sentence) {
    String said = assertThrows(RuntimeException.class, () -> Chart.of(values)).getMessage();
    assertTrue(said.contains(sentence), said);
  }

  @Test
  void theSentenceAboutTooFewPodsIsWhole() {
    String said = assertThrows(RuntimeException.class, () -> Chart.of("replicas: 2")).getMessage();
    String sentence =
        "replicas is 2, but each key has three copies: use 3 or more, or set"
            + " allowFewerThanThree=true and cluster.seeds=2 for a cluster that may fail.";
    assertEquals(sentence, said.substring(said.indexOf("replicas is"), said.lastIndexOf('.') + 1));
  }
}
