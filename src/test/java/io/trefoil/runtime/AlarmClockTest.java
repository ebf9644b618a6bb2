package io.trefoil.runtime;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// The time is the test's own; Vert.x only wakes the clock, as early or late as the machine likes.
class AlarmClockTest {

  private static final long MILLI = 1_000_000;

  private final Vertx vertx = Vertx.vertx();
  private final Context loop = vertx.getOrCreateContext();
  private final AtomicLong now = new AtomicLong();
  private final AtomicLong heard = new AtomicLong();
  private final List<String> rung = new CopyOnWriteArrayList<>();
  private Runnable whenRung = () -> {};
  private final AlarmClock<String> clock =
      new AlarmClock<>(
          vertx,
          now::get,
          heard::get,
          (alarm, late) -> {
            rung.add(alarm + " late " + late / MILLI + " heard " + heard);
            whenRung.run();
            whenRung = () -> {};
          });

  @AfterEach
  void close() {
    TestCluster.wait(vertx.close());
  }

  @Test
  void alarmsRingInOrderOfTheirTimesNotOfTheirSetting() {
    onLoop(
        () -> {
          clock.set("second", Duration.ofMillis(20));
          clock.set("first", Duration.ofMillis(10));
          clock.set("also second", Duration.ofMillis(20));
          now.set(20 * MILLI);
        });

    awaitRung("first late 10 heard 0", "second late 0 heard 0", "also second late 0 heard 0");
  }

  @Test
  void equalAlarmIsMovedNotDoubled() {
    onLoop(
        () -> {
          clock.set("probe", Duration.ofMillis(1));
          clock.set("probe", Duration.ofMillis(30));
          clock.set("other", Duration.ofMillis(10));
          now.set(40 * MILLI);
        });

    awaitRung("other late 30 heard 0", "probe late 10 heard 0");
  }

  @Test
  void cancelledAlarmIsSilentAndTheNextOneStillRings() {
    onLoop(
        () -> {
          clock.set("cancelled", Duration.ofMillis(1));
          clock.set("kept", Duration.ofMillis(5));
          clock.cancel("cancelled");
          clock.cancel("never set");
          now.set(5 * MILLI);
        });

    awaitRung("kept late 0 heard 0");
  }

  @Test
  void alarmNeverRingsEarly() {
    onLoop(() -> clock.set("patient", Duration.ofMillis(3)));
    vertxMillis(30);
    assertEquals(List.of(), rung, "its time, which is the test's, has not come");

    now.set(3 * MILLI);
    awaitRung("patient late 0 heard 0");
  }

  @Test
  void alarmSetWhileRingingWaitsForTheNextTurnAndEarlierOnesStayInTime() {
    whenRung = () -> clock.set("last", Duration.ofMillis(90));
    onLoop(
        () -> {
          clock.set("first", Duration.ofMillis(1));
          clock.set("second", Duration.ofMillis(4));
          now.set(MILLI);
        });
    awaitRung("first late 0 heard 0");
    now.set(4 * MILLI);
    awaitRung("first late 0 heard 0", "second late 0 heard 0");
    now.set(91 * MILLI);

    awaitRung("first late 0 heard 0", "second late 0 heard 0", "last late 0 heard 0");
  }

  @Test
  void afterAPauseWhatHasArrivedIsReadBeforeLateAlarmsRing() {
    onLoop(
        () -> {
          clock.set("timed out", Duration.ofMillis(10));
          now.set(10 * MILLI + AlarmClock.PAUSE_NANOS + MILLI);
          readLater(3);
        });

    awaitRung("timed out late 101 heard 3");
  }

  /// Stands for packets that wait in the sockets' buffers: one is read in each turn of the loop.
  private void readLater(int packets) {
    if (packets > 0) {
      vertx.setTimer(
          1,
          _ -> {
            heard.incrementAndGet();
            readLater(packets - 1);
          });
    }
  }

  @Test
  void stoppedClockIsSilent() {
    onLoop(
        () -> {
          clock.set("never", Duration.ofMillis(1));
          clock.stop();
          now.set(50 * MILLI);
        });
    vertxMillis(30);

    assertTrue(rung.isEmpty());
  }

  private void onLoop(Runnable task) {
    loop.runOnContext(_ -> task.run());
  }

  /// Waits for a timer of the same loop.
  private void vertxMillis(long millis) {
    TestCluster.wait(vertx.timer(millis).mapEmpty());
  }

  private void awaitRung(String... expected) {
    await().untilAsserted(() -> assertEquals(List.of(expected), rung));
  }
}
