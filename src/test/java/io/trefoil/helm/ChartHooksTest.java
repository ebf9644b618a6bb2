package io.trefoil.helm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import java.util.List;
import org.junit.jupiter.api.Test;

/// What runs beside the nodes: the test of a release, and taking pods out before there are fewer.
class ChartHooksTest {

  private static final String POD = "http://birch-trefoil-%d.birch-trefoil-peers.wood.svc.%s:8080";

  @Test
  void theTestWritesThroughOnePodReadsThroughAllAndWaitsUntilAllIsStable() {
    Chart chart = Chart.of("");
    Pod test = chart.one(Pod.class, "birch-trefoil-test");
    assertEquals("test", test.getMetadata().getAnnotations().get(Chart.HOOK));
    String file = "/records/records.tsv";
    assertEquals(
        List.of(
            List.of("load", file, "--repeat-unknown", "-e", pod(0)),
            List.of("load", file, "--verify-only", "-e", pod(0)),
            List.of("load", file, "--verify-only", "-e", pod(1)),
            List.of("load", file, "--verify-only", "-e", pod(2))),
        test.getSpec().getInitContainers().stream().map(Container::getArgs).toList());
    assertEquals(
        List.of("await-stable", "--wait", "60", "-e", pod(0)),
        test.getSpec().getContainers().getFirst().getArgs());
    assertRestricted(test.getSpec());
  }

  @Test
  void theRecordsOfTheTestAreKeysAndValues() {
    ConfigMap records = Chart.of("").one(ConfigMap.class, "birch-trefoil-test");
    List<String> lines = records.getData().get("records.tsv").lines().toList();
    assertEquals(16, lines.size());
    assertTrue(lines.stream().allMatch(line -> line.matches("helm-test/birch/\\d+\tvalue .*")));
  }

  @Test
  void fewerPodsAreTakenOutBeforeTheUpgradeTheLastOneFirst() {
    Chart chart = Chart.of("replicas: 3\nscaleDown: {from: 5, timeoutSeconds: 900}");
    Job job = chart.one(Job.class, "birch-trefoil-scale-down");
    assertEquals("pre-upgrade", job.getMetadata().getAnnotations().get(Chart.HOOK));
    assertEquals(900, job.getSpec().getActiveDeadlineSeconds());
    PodSpec spec = job.getSpec().getTemplate().getSpec();
    String stay = String.join(",", pod(0), pod(1), pod(2));
    assertEquals(
        List.of(
            List.of("decommission", "birch-trefoil-4", "--watch", "-e", stay),
            List.of("decommission", "birch-trefoil-3", "--watch", "-e", stay)),
        spec.getInitContainers().stream().map(Container::getArgs).toList());
    assertEquals(
        List.of("await-stable", "--wait", "900", "-e", stay),
        spec.getContainers().getFirst().getArgs());
    assertRestricted(spec);
  }

  @Test
  void nobodyIsTakenOutWhereThereAreNotFewer() {
    assertEquals(List.of(), Chart.of("").all(Job.class));
    assertEquals(List.of(), Chart.of("replicas: 5\nscaleDown: {from: 3}").all(Job.class));
    assertEquals(
        List.of(), Chart.of("replicas: 3\nscaleDown: {from: 5, enabled: false}").all(Job.class));
  }

  private static void assertRestricted(PodSpec spec) {
    assertTrue(spec.getSecurityContext().getRunAsNonRoot());
    assertEquals("Never", spec.getRestartPolicy());
    spec.getInitContainers().forEach(ChartHooksTest::assertRestricted);
    spec.getContainers().forEach(ChartHooksTest::assertRestricted);
  }

  private static void assertRestricted(Container container) {
    assertTrue(container.getSecurityContext().getReadOnlyRootFilesystem());
    assertEquals(List.of("java", "-jar", "quarkus-run.jar"), container.getCommand());
  }

  private static String pod(int ordinal) {
    return POD.formatted(ordinal, "cluster.local");
  }
}
