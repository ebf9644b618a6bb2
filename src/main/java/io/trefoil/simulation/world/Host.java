package io.trefoil.simulation.world;

import io.trefoil.core.machine.Input;
import io.trefoil.core.machine.Machine;
import io.trefoil.core.machine.Now;
import io.trefoil.core.machine.Sink;
import io.trefoil.core.model.Address;
import io.trefoil.core.model.NodeId;
import io.trefoil.core.model.Outcome;
import io.trefoil.core.node.Alarm;
import io.trefoil.core.node.Envelope;
import io.trefoil.core.node.Write;
import io.trefoil.simulation.world.Occurrence.Timer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/// One virtual machine: an address, a clock and a disk, and the process that runs on it, if one
/// does. What the world changes of it is hidden from everybody else.
public final class Host {

  /// Packets that wait for a frozen process; the sockets of a real one overflow too.
  static final int BACKLOG_PACKETS = 2_000;

  final Sink<Envelope, Alarm, Write> sink;
  final Map<Alarm, Timer> alarms = new LinkedHashMap<>();
  final Deque<Input<Envelope, Alarm>> backlog = new ArrayDeque<>();
  final List<Timer> missed = new ArrayList<>();
  final Map<Long, Consumer<Optional<Outcome>>> clients = new LinkedHashMap<>();
  VirtualDisk disk;
  Machine<Envelope, Alarm, Write> machine;
  Status status = Status.DOWN;
  Release release = Release.THIS;
  int boot;
  int packetsWaiting;
  long syncedAt;
  double slowness = 1;
  boolean failing;
  boolean stopping;
  long interruptions;
  Address address;
  private final int number;
  private final VirtualClock clock;

  Host(int number, VirtualClock clock, Engine engine) {
    this.number = number;
    this.address = address(number);
    this.clock = clock;
    this.sink = effect -> engine.perform(this, effect);
  }

  /// Whether a process runs on a host.
  public enum Status {
    /// It runs.
    UP,
    /// It is frozen.
    PAUSED,
    /// There is none.
    DOWN
  }

  /// Which release of Trefoil runs on a host.
  enum Release {
    /// The one that is simulated.
    THIS,
    /// The one after it: [NextRelease].
    NEXT
  }

  /// Its number, from 0.
  public int number() {
    return number;
  }

  /// The operator's name for the node on it.
  public String name() {
    return "n" + number;
  }

  /// Where its peers reach it.
  public Address address() {
    return address;
  }

  /// The identity on its disk.
  public NodeId id() {
    return disk.id();
  }

  /// Its data directory.
  public VirtualDisk disk() {
    return disk;
  }

  /// Its clock.
  public VirtualClock clock() {
    return clock;
  }

  /// Whether a process runs on it.
  public Status status() {
    return status;
  }

  /// How often its process was killed, frozen or thawed so far.
  public long interruptions() {
    return interruptions;
  }

  /// The process that runs on it; empty if none does.
  public Optional<Machine<Envelope, Alarm, Write>> machine() {
    return Optional.ofNullable(machine);
  }

  @Override
  public String toString() {
    return name() + " (" + id() + ")";
  }

  static Address address(int number) {
    int last = number + 1;
    return new Address("10." + (last >> 16) + "." + (last >> 8 & 255) + "." + (last & 255), 7400);
  }

  Now now(long nanos) {
    return clock.at(nanos);
  }

  /// Forgets the process and all that was in its memory.
  void die() {
    interruptions++;
    stopping = false;
    machine = null;
    status = Status.DOWN;
    alarms.values().forEach(timer -> timer.active = false);
    alarms.clear();
    backlog.clear();
    packetsWaiting = 0;
    missed.clear();
    syncedAt = 0;
  }
}
