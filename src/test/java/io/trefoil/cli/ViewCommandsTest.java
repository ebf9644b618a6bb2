package io.trefoil.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ViewCommandsTest {

  private static final String CLUSTER =
      """
      {"name":"local","id":"00c0ffee00c0ffee","epoch":1,"stable":true,"council":["a1","b2"],
       "steward":null,"partitions":{"total":4096,"fullyReplicated":4096,"moving":0},
       "members":[
         {"name":"node-2","id":"b2","state":"dead","http":"127.0.0.1:8081","peer":"127.0.0.1:7410",
          "zone":"","replicas":70,"epoch":1,"clockOffsetMs":-3},
         {"name":"node-1","id":"a1","state":"alive","http":"127.0.0.1:8080","peer":"127.0.0.1:7400",
          "zone":"","replicas":4096,"epoch":1,"clockOffsetMs":null}]}
      """;

  private static final String EXPLAINED =
      """
      {"key":"a","token":"00000000000000ff","partition":17,"epoch":1,"replicas":[
         {"role":"primary","id":"b2","name":"node-2","alive":true,"answered":true,
          "accepted":"1@7f.b2","version":"1-2-3","deleted":false},
         {"role":"secondary","id":"a1","name":"node-1","alive":false,"answered":false,
          "accepted":null,"version":null,"deleted":false}]}
      """;

  private final Captured captured = new Captured();
  private StandInStore store;

  @BeforeEach
  void start() throws IOException {
    store = new StandInStore();
    store.values().put("/v1/cluster", CLUSTER.getBytes(StandardCharsets.UTF_8));
    store.values().put("/v1/cluster/keys/a", EXPLAINED.getBytes(StandardCharsets.UTF_8));
  }

  @AfterEach
  void stop() {
    store.close();
  }

  @Test
  void theClusterIsShownAsFactsAndATableOfMembersWithoutEmptyColumns() {
    assertEquals(0, captured.run("cluster", "-e", store.endpoint()));
    assertEquals(
        """
        name        local
        id          00c0ffee00c0ffee
        epoch       1
        stable      yes
        council     a1 b2
        partitions  total 4096, fullyReplicated 4096, moving 0

        NAME    ID  STATE  HTTP            PEER            REPLICAS  EPOCH  CLOCK OFFSET MS
        node-1  a1  alive  127.0.0.1:8080  127.0.0.1:7400      4096      1
        node-2  b2  dead   127.0.0.1:8081  127.0.0.1:7410        70      1               -3
        """,
        captured.out());
  }

  @Test
  void aKeyIsExplainedAsATableOfItsReplicas() {
    assertEquals(0, captured.run("explain", "a", "-e", store.endpoint()));
    assertEquals(
        """
        key        a
        token      00000000000000ff
        partition  17
        epoch      1

        ROLE       NAME    ID  ALIVE  ANSWERED  ACCEPTED  VERSION  DELETED
        primary    node-2  b2  yes    yes       1@7f.b2   1-2-3    no
        secondary  node-1  a1  no     no                           no
        """,
        captured.out());
  }

  @Test
  void programsGetWhatTheNodeTold() throws IOException {
    ObjectMapper mapper = new ObjectMapper();
    captured.run("cluster", "--json", "-e", store.endpoint());
    assertEquals(mapper.readTree(CLUSTER), mapper.readTree(captured.out()));
    captured.run("explain", "a", "--json", "-e", store.endpoint());
    assertEquals(mapper.readTree(EXPLAINED), mapper.readTree(captured.out()));
  }

  @Test
  void anAnswerThatIsNoJsonIsSaidToBeSo() {
    store.values().put("/v1/cluster", "<html>".getBytes(StandardCharsets.UTF_8));
    assertEquals(2, captured.run("cluster", "-e", store.endpoint()));
    assertTrue(captured.err().contains("no JSON"), captured.err());
  }
}
