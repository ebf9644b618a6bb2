package io.trefoil.helm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.quarkus.runtime.configuration.DurationConverter;
import io.smallrye.config.EnvConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.trefoil.runtime.TrefoilSettings;
import java.io.IOException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/// The chart sets what a node reads, and offers all that a node can be told.
class ChartSettingsTest {

  /// What the chart decides by itself, or what cannot differ in a pod.
  private static final Set<String> OWN =
      Set.of(
          "node.name",
          "node.zone",
          "node.data-dir",
          "cluster.name",
          "cluster.seeds",
          "peer.host",
          "peer.port",
          "peer.advertise",
          "peer.keys",
          "shutdown-delay");

  @Test
  void everySettingOfANodeCanBeGivenAndNoOther() throws IOException {
    Set<String> all = new TreeSet<>();
    collect("", TrefoilSettings.class, all);
    all.removeAll(OWN);
    assertEquals(all, offered());
  }

  @Test
  void everyVariableOfANodeIsASetting() throws IOException {
    Set<String> known = offered();
    known.addAll(OWN);
    Set<String> names = known.stream().map(ChartSettingsTest::variable).collect(Collectors.toSet());
    Set<String> strangers = new TreeSet<>(environment(Chart.EVERYTHING).keySet());
    strangers.addAll(environment("").keySet());
    strangers.addAll(environment(Chart.MINIMAL).keySet());
    strangers.removeAll(names);
    assertEquals(Set.of("JAVA_TOOL_OPTIONS", "QUARKUS_LOG_CONSOLE_JSON"), strangers);
  }

  @Test
  void aNodeUnderstandsWhatItIsTold() {
    Map<String, String> told = environment(Chart.EVERYTHING);
    told.put("TREFOIL_NODE_NAME", "birch-trefoil-0");
    told.put("TREFOIL_PEER_ADVERTISE", "10.1.2.3");
    TrefoilSettings read = read(told);
    assertEquals(Optional.of("birch-trefoil-0"), read.node().name());
    assertEquals(Optional.of("10.1.2.3"), read.peer().advertise());
    assertEquals(Optional.of("east"), read.node().zone());
    assertEquals("/data", read.node().dataDir().toString());
    assertEquals("wood", read.cluster().name());
    assertEquals(3, read.cluster().seeds().orElseThrow().size());
    assertEquals(Duration.ofSeconds(10), read.shutdownDelay());
    assertEquals(Duration.ofMinutes(2), read.evictionDelay());
    assertEquals(67_108_864, read.copy().bytesPerSecond());
    assertEquals(TrefoilSettings.Sync.INTERVAL, read.storage().sync());
  }

  @Test
  void aMachineWithoutAZoneIsNoMistake() {
    Map<String, String> told = environment("");
    told.put("TREFOIL_NODE_ZONE", "");
    assertTrue(read(told).node().zone().isEmpty());
  }

  private static TrefoilSettings read(Map<String, String> environment) {
    return new SmallRyeConfigBuilder()
        .addDefaultInterceptors()
        .withConverter(Duration.class, 200, new DurationConverter())
        .withMapping(TrefoilSettings.class)
        .withSources(new EnvConfigSource(environment, 300))
        .build()
        .getConfigMapping(TrefoilSettings.class);
  }

  private static Map<String, String> environment(String values) {
    StatefulSet set = Chart.of(values).one(StatefulSet.class, "birch-trefoil");
    Map<String, String> told = new TreeMap<>();
    for (EnvVar variable :
        set.getSpec().getTemplate().getSpec().getContainers().getFirst().getEnv()) {
      told.put(variable.getName(), Optional.ofNullable(variable.getValue()).orElse("told-later"));
    }
    return told;
  }

  private static Set<String> offered() throws IOException {
    JsonNode schema =
        new ObjectMapper().readTree(Files.readAllBytes(Chart.FOLDER.resolve("values.schema.json")));
    Set<String> names = new TreeSet<>();
    schema.at("/properties/settings/properties").fieldNames().forEachRemaining(names::add);
    return names;
  }

  private static String variable(String key) {
    return "TREFOIL_" + key.replaceAll("[.-]", "_").toUpperCase(Locale.ROOT);
  }

  /// The names of a mapping's settings, as its methods tell them.
  private static void collect(String prefix, Class<?> group, Set<String> names) {
    for (Method method : group.getDeclaredMethods()) {
      if (Modifier.isAbstract(method.getModifiers())) {
        String name =
            prefix + method.getName().replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
        Class<?> type = method.getReturnType();
        if (type.isInterface() && type.getEnclosingClass() == TrefoilSettings.class) {
          collect(name + ".", type, names);
        } else {
          names.add(name);
        }
      }
    }
  }
}
