package io.trefoil.cli.local;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LocalPlanTest {

  private static final Path FOLDER = Path.of("/d");

  @Test
  void httpPortsFollowEachOtherAndPeerPortsAreTenApart() {
    LocalPlan plan = new LocalPlan(3, FOLDER, 8080, 7400, Map.of());
    assertEquals(
        List.of("node-1 8080 7400", "node-2 8081 7410", "node-3 8082 7420"),
        plan.nodes().stream()
            .map(node -> node.name() + " " + node.httpPort() + " " + node.peerPort())
            .toList());
  }

  @Test
  void everyNodeKnowsAllSeedsAndItsOwnPortsAndFolder() {
    LocalPlan plan = new LocalPlan(2, FOLDER, 8080, 7400, Map.of());
    assertEquals(
        Map.of(
            "trefoil.node.name", "node-2",
            "trefoil.node.data-dir", "/d/node-2",
            "trefoil.cluster.name", "local",
            "trefoil.cluster.seeds", "127.0.0.1:7400,127.0.0.1:7410",
            "trefoil.peer.host", "127.0.0.1",
            "trefoil.peer.port", "7410",
            "quarkus.http.host", "127.0.0.1",
            "quarkus.http.port", "8081"),
        plan.settings(plan.nodes().getLast()));
  }

  @Test
  void aSettingGivenByTheUserWins() {
    Map<String, String> given = Map.of("trefoil.cluster.name", "mine", "a.b", "c");
    LocalPlan plan = new LocalPlan(1, FOLDER, 8080, 7400, given);
    Map<String, String> settings = plan.settings(plan.nodes().getFirst());
    assertEquals("mine", settings.get("trefoil.cluster.name"));
    assertEquals("c", settings.get("a.b"));
  }

  @ParameterizedTest
  @CsvSource({
    "0,  8080,  7400,  --nodes is 0; 1 to 20",
    "21, 8080,  7400,  --nodes is 21; 1 to 20",
    "3,  0,     7400,  --http-port is 0; with 3 nodes it must be 1 to 65533",
    "3,  65534, 7400,  --http-port is 65534; with 3 nodes it must be 1 to 65533",
    "3,  8080,  65516, --peer-port is 65516; with 3 nodes it must be 1 to 65515"
  })
  void whatCannotBeIsRefusedByTheNameOfTheOption(int size, int http, int peer, String sentence) {
    var refused =
        assertThrows(
            IllegalArgumentException.class,
            () -> new LocalPlan(size, FOLDER, http, peer, Map.of()));
    assertEquals(sentence, refused.getMessage());
  }

  @Test
  void keysDoNotGoIntoCommandsThatOthersCanRead() {
    Map<String, String> settings = Map.of("trefoil.peer.keys", "hush");
    var refused =
        assertThrows(
            IllegalArgumentException.class, () -> new LocalPlan(3, FOLDER, 8_080, 7_400, settings));
    assertTrue(refused.getMessage().startsWith("trefoil.peer.keys is secret"));
    assertFalse(refused.getMessage().contains("hush"));
  }
}
