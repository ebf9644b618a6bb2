package io.trefoil.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// The clients that judge real clusters, before a store that is right and one that is wrong.
class TrafficTest {

  private static final Duration SOON = Duration.ofSeconds(30);
  private static final int KEYS = 5;
  private static final String KEY = "client 2 key 3";
  private static final String PATH = "/v1/kv/client%202%20key%203";

  private final StandInStore store;
  private final Traffic traffic;

  TrafficTest() throws IOException {
    store = new StandInStore();
    traffic = new Traffic("client", KEYS, store.endpoint());
  }

  @AfterEach
  void close() {
    traffic.close();
    store.close();
  }

  @Test
  void aStoreThatKeepsWhatItAcknowledgedIsNotComplainedOf() {
    traffic.fill();
    assertEquals(Traffic.CLIENTS * KEYS, store.values().size());
    assertEquals(Traffic.CLIENTS * KEYS, traffic.done());
    work(traffic);
    assertEquals(List.of(), traffic.stop());
    assertEquals(List.of(), traffic.readAllThrough(store.endpoint()));
    assertEquals(store.values().size(), traffic.values());
  }

  @Test
  void anotherValueThanTheOneAcknowledgedLastIsTold() {
    traffic.fill();
    store.values().put(PATH, "older".getBytes(StandardCharsets.UTF_8));
    assertEquals(
        List.of(KEY + ": read 'older', acknowledged was 'first 3'"),
        sentences(traffic.readAllThrough(store.endpoint())));
  }

  @Test
  void anAcknowledgedWriteThatIsLostIsTold() {
    traffic.fill();
    store.values().remove(PATH);
    assertEquals(
        List.of(KEY + ": read '', acknowledged was 'first 3'"),
        sentences(traffic.readAllThrough(store.endpoint())));
  }

  @Test
  void underAComplaintStandTheLastAttemptsAtItsKey() {
    traffic.fill();
    store.values().remove(PATH);
    String complaint = traffic.readAllThrough(store.endpoint()).getFirst();
    List<String> attempts = complaint.lines().skip(1).toList();
    assertEquals(2, attempts.size(), complaint);
    assertTrue(attempts.getFirst().contains(" PUT first 3: 204"), complaint);
    assertTrue(attempts.getLast().contains(" GET : not-found"), complaint);
  }

  @Test
  void aValueOfAKeyThatWasNeverWrittenIsTold() {
    traffic.fill();
    try (Traffic unaware = new Traffic("client", KEYS, store.endpoint())) {
      work(unaware);
      List<String> complaints = sentences(unaware.stop());
      assertTrue(
          complaints.stream().anyMatch(it -> it.endsWith("', acknowledged was ''")),
          complaints.toString());
    }
  }

  @Test
  void aWrongReadWhileTheClientsWorkIsToldWhenTheyStop() {
    traffic.fill();
    store.values().replaceAll((_, _) -> "wrong".getBytes(StandardCharsets.UTF_8));
    work(traffic);
    List<String> complaints = traffic.stop();
    assertTrue(
        complaints.stream().anyMatch(it -> it.contains("read 'wrong', acknowledged was 'first")),
        complaints.toString());
  }

  @Test
  void aRefusedWriteIsToldAndNotRepeated() {
    store.next(StandInStore.Reply.problem(400, "invalid-key", "refused", "No."));
    traffic.fill();
    assertEquals(1, traffic.stop().size());
    assertEquals(Traffic.CLIENTS * KEYS - 1, traffic.done());
    assertEquals(Traffic.CLIENTS * KEYS, store.requests().size());
  }

  @Test
  void aWriteOfWhichNobodyKnowsIsRepeatedUntilItIsDone() {
    store.next(StandInStore.Reply.none());
    traffic.fill();
    assertEquals(List.of(), traffic.stop());
    assertEquals(Traffic.CLIENTS * KEYS, traffic.done());
  }

  private static List<String> sentences(List<String> complaints) {
    return complaints.stream().map(it -> it.lines().findFirst().orElseThrow()).toList();
  }

  private static void work(Traffic traffic) {
    int goal = traffic.done() + 100;
    traffic.start();
    Awaitility.await().atMost(SOON).until(() -> traffic.done() > goal);
  }
}
