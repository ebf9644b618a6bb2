package io.trefoil.core.node;

import io.trefoil.core.machine.Now;
import io.trefoil.core.machine.Sink;
import io.trefoil.core.model.Ballot;
import io.trefoil.core.model.Stored;
import io.trefoil.core.register.RegisterAlarm;
import io.trefoil.core.register.RegisterMessage;
import io.trefoil.core.register.RegisterWrite;
import io.trefoil.core.register.Registers;
import io.trefoil.core.stabilization.Installer;
import java.time.Duration;
import java.util.BitSet;
import java.util.List;

/// The registers' copies in the hands of stabilization. What it does with them happens within the
/// input that the node is handling: that input's time and effects count.
final class NodeCopies implements Installer {

  private final Registers registers;
  private Now now = new Now(0, 0);
  private Sink<RegisterMessage, RegisterAlarm, RegisterWrite> out = _ -> {};

  NodeCopies(Registers registers) {
    this.registers = registers;
  }

  /// An input is handled from here on.
  void within(Now inputNow, Sink<RegisterMessage, RegisterAlarm, RegisterWrite> inputOut) {
    now = inputNow;
    out = inputOut;
  }

  @Override
  public void copying(int partition, boolean isCopying) {
    registers.copying(partition, isCopying);
  }

  @Override
  public void install(int partition, List<Stored> entries, Ballot floor, long ticket) {
    registers.install(partition, entries, floor, ticket, now, out);
  }

  @Override
  public void read(int partition, List<Stored> part) {
    registers.read(partition, part, now);
  }

  @Override
  public void counted(int partition, long keys, long bytes) {
    registers.counted(partition, keys, bytes);
  }

  @Override
  public long keys() {
    return registers.keys();
  }

  @Override
  public long bytes() {
    return registers.bytes();
  }

  @Override
  public BitSet overdue() {
    return registers.overdue(now);
  }

  @Override
  public void foundEqual(int partition, long untilNanos) {
    registers.foundEqual(partition, untilNanos);
  }

  @Override
  public boolean damage(int partition) {
    return registers.abstain(partition);
  }

  @Override
  public boolean isDamaged(int partition) {
    return registers.damaged().contains(partition);
  }

  @Override
  public boolean isClientWaiting(Duration longer) {
    return registers.coordinator().isClientWaiting(longer, now);
  }

  @Override
  public boolean holds(int partition) {
    return registers.holds(partition);
  }

  @Override
  public void drop(int partition) {
    registers.drop(partition, out);
  }

  @Override
  public Ballot floor(int partition) {
    return registers.floor(partition);
  }
}
