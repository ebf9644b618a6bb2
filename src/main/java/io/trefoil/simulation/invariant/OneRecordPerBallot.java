package io.trefoil.simulation.invariant;

import io.trefoil.core.machine.Effect;
import io.trefoil.core.model.Ballot;
import io.trefoil.core.model.Key;
import io.trefoil.core.model.Record;
import io.trefoil.core.model.Register;
import io.trefoil.core.node.Alarm;
import io.trefoil.core.node.Envelope;
import io.trefoil.core.node.Write;
import io.trefoil.core.register.RegisterWrite;
import io.trefoil.simulation.world.Host;
import io.trefoil.simulation.world.Observer;
import io.trefoil.simulation.world.World;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// All replicas that accept one ballot for a key accept the same record.
final class OneRecordPerBallot implements Observer {

  private static final String RULE = "one record is accepted per ballot";

  private final World world;
  private final Map<Attempt, Record> records = new LinkedHashMap<>();

  private record Attempt(Key key, Ballot ballot) {}

  OneRecordPerBallot(World world) {
    this.world = world;
  }

  @Override
  public void emitted(Host host, Effect<Envelope, Alarm, Write> effect, long nanos) {
    if (effect
        instanceof
        Effect.Persist<Envelope, Alarm, Write>(
            long _,
            Write.OfRegister(RegisterWrite.Changed(int _, Key key, Register register)))) {
      check(host, key, register.accepted(), register.record());
    }
  }

  private void check(Host host, Key key, Ballot ballot, Optional<Record> record) {
    if (record.isEmpty()) {
      return;
    }
    Record first = records.putIfAbsent(new Attempt(key, ballot), record.get());
    if (first != null && !first.equals(record.get())) {
      world.violated(
          RULE,
          host
              + ", key "
              + key
              + ", ballot "
              + ballot
              + ": "
              + record.get()
              + ", elsewhere "
              + first);
    }
  }
}
