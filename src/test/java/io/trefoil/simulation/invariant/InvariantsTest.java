package io.trefoil.simulation.invariant;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.trefoil.core.machine.Effect;
import io.trefoil.core.machine.News;
import io.trefoil.core.map.ClusterMap;
import io.trefoil.core.map.MapWrite;
import io.trefoil.core.model.Ballot;
import io.trefoil.core.model.Condition;
import io.trefoil.core.model.HybridTimestamp;
import io.trefoil.core.model.Key;
import io.trefoil.core.model.NodeId;
import io.trefoil.core.model.OperationKind;
import io.trefoil.core.model.Peer;
import io.trefoil.core.model.Record;
import io.trefoil.core.model.Register;
import io.trefoil.core.model.Value;
import io.trefoil.core.model.Version;
import io.trefoil.core.node.Alarm;
import io.trefoil.core.node.Envelope;
import io.trefoil.core.node.Message;
import io.trefoil.core.node.Write;
import io.trefoil.core.register.Exchange;
import io.trefoil.core.register.Intent;
import io.trefoil.core.register.RegisterMessage.Prepare;
import io.trefoil.core.register.RegisterWrite;
import io.trefoil.core.register.Subject;
import io.trefoil.core.ring.Partitions;
import io.trefoil.simulation.world.Fault;
import io.trefoil.simulation.world.Violation;
import io.trefoil.simulation.world.World;
import io.trefoil.simulation.world.WorldSettings;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Each invariant is broken on purpose by a machine that says what it is told to.
class InvariantsTest {

  private static final Key KEY = new Key("k");

  private final List<Effect<Envelope, Alarm, Write>> script = new ArrayList<>();
  private World world;

  @BeforeEach
  void startTwoPuppets() {
    world =
        new World(
            WorldSettings.of(1, 2),
            (_, _, _) ->
                (_, _, out) -> {
                  script.forEach(out::emit);
                  script.clear();
                });
    Invariants.watch(world);
    world.startAll();
  }

  @Test
  void nodesThatAgreeBreakNothing() {
    says(0, adopt(1, 10));
    says(1, adopt(1, 10));
    says(0, write(register(1, 1, "a")));
    says(1, write(register(1, 1, "a")));
    says(0, write(register(2, 1, "a")));
    says(0, write(register(2, 2, "b")));
    says(0, prepare(0, 5, 1));
    says(0, prepare(0, 5, 1));
    says(0, prepare(0, 6, 2));
    assertBroken();
  }

  @Test
  void twoMapsOfOneEpochAreReported() {
    says(0, adopt(1, 10));
    says(1, adopt(1, 11));
    assertBroken("one map is decided per epoch");
  }

  @Test
  void anEpochThatGoesBackIsReported() {
    says(0, adopt(2, 10));
    says(0, adopt(1, 10));
    assertBroken("epochs only grow at each node");
  }

  @Test
  void anEpochLostInACrashIsNot() {
    says(0, adopt(2, 10));
    world.apply(new Fault.Crash(0));
    world.apply(new Fault.Restart(0));
    says(0, adopt(1, 10));
    assertBroken();
  }

  @Test
  void aPromiseTakenBackIsReported() {
    says(0, write(register(3, 1, "a")));
    says(0, write(register(2, 1, "a")));
    assertBroken("promises are kept");
  }

  @Test
  void anAcceptanceAboveThePromiseIsReported() {
    says(0, write(register(1, 2, "a")));
    assertBroken("promises are kept");
  }

  @Test
  void anAcceptanceTakenBackIsReported() {
    says(0, write(register(3, 3, "a")));
    says(0, write(register(3, 2, "b")));
    assertBroken("promises are kept");
  }

  @Test
  void twoRecordsOfOneBallotAreReported() {
    says(0, write(register(1, 1, "a")));
    says(1, write(register(1, 1, "b")));
    assertBroken("one record is accepted per ballot");
  }

  @Test
  void oneDrawForTwoBallotsIsReported() {
    says(0, prepare(0, 5, 1));
    says(0, prepare(0, 6, 1));
    assertBroken("draws are never repeated");
  }

  @Test
  void aBallotOfSomebodyElseIsReported() {
    says(0, prepare(1, 5, 1));
    assertBroken("draws are never repeated");
  }

  private void says(int host, Effect<Envelope, Alarm, Write> effect) {
    script.add(effect);
    world.tell(world.host(host), new News.Leaving());
    world.run(Duration.ofMillis(10));
  }

  private void assertBroken(String... rules) {
    assertEquals(List.of(rules), world.violations().stream().map(Violation::rule).toList());
  }

  private static Effect<Envelope, Alarm, Write> adopt(long epoch, long id) {
    var map = new ClusterMap(id, epoch, new Partitions(1), 3, 1, List.of(), List.of(), List.of());
    return new Effect.Persist<>(1, new Write.OfMap(new MapWrite.Adopted(map)));
  }

  private static Effect<Envelope, Alarm, Write> write(Register register) {
    return new Effect.Persist<>(
        1, new Write.OfRegister(new RegisterWrite.Changed(0, KEY, register)));
  }

  private static Register register(long promised, long accepted, String value) {
    var version = new Version(ballot(NodeId.NONE, accepted, accepted));
    var record = Record.of(version, Value.of(value.getBytes(StandardCharsets.UTF_8)));
    return new Register(
        ballot(NodeId.NONE, promised, promised),
        ballot(NodeId.NONE, accepted, accepted),
        Optional.of(record));
  }

  private Effect<Envelope, Alarm, Write> prepare(int owner, long time, long draw) {
    Ballot ballot = ballot(world.host(owner).id(), time, draw);
    var intent = new Intent(OperationKind.READ, new Condition.Always(), new Version(ballot), 0);
    var prepare = new Prepare(new Exchange(1, 1), new Subject(KEY, 0, 1), ballot, intent);
    var at = HybridTimestamp.ZERO;
    var envelope =
        new Envelope(0, NodeId.NONE, 1, NodeId.NONE, 1, at, new Message.OfRegister(prepare));
    return new Effect.Send<>(Peer.at(world.host(1).address()), envelope);
  }

  private static Ballot ballot(NodeId node, long time, long draw) {
    return new Ballot(1, new HybridTimestamp(time), node, draw);
  }
}
