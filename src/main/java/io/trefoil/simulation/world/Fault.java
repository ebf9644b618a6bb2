package io.trefoil.simulation.world;

import io.trefoil.core.map.MapMember.Standing;
import java.util.List;

/// Something that goes wrong in a world, or goes right again. Hosts go by their numbers. A fault
/// that finds nothing to do (a crash of a host that is down) does nothing.
public sealed interface Fault {

  /// A process is killed; its host keeps the disk, without what was not durable.
  record Crash(int host) implements Fault {}

  /// A process is started on the disk that is there.
  record Restart(int host) implements Fault {}

  /// A process is killed, and started on an empty disk: a new identity.
  record Wipe(int host) implements Fault {}

  /// A process is killed, and started where nobody was before, with its disk: the same identity at
  /// another address.
  record Move(int host) implements Fault {}

  /// Two processes are killed, and started at each other's addresses.
  record Swap(int host, int other) implements Fault {}

  /// A process is killed, and started as one of the next release, whose packets hold much that this
  /// one has never heard of.
  record Upgrade(int host) implements Fault {}

  /// A process is killed, and started as one of this release.
  record Downgrade(int host) implements Fault {}

  /// A process is frozen as by SIGSTOP: packets queue up, alarms are missed.
  record Pause(int host) implements Fault {}

  /// A frozen process goes on.
  record Resume(int host) implements Fault {}

  /// The network falls into groups; hosts in none of them form one more.
  record Split(List<List<Integer>> groups) implements Fault {}

  /// Nothing gets through from one host to another.
  record OneWay(int from, int to) implements Fault {}

  /// One direction between two hosts becomes better or worse.
  record Link(int from, int to, LinkQuality quality) implements Fault {}

  /// All links that were not set one by one become better or worse.
  record Links(LinkQuality quality) implements Fault {}

  /// Splits, cuts and single links end.
  record Reconnect() implements Fault {}

  /// Splits, cuts and single links end; frozen processes go on, dead ones start, clocks are set
  /// right, disks write as fast as they did, and links are as they were when the world began.
  record Heal() implements Fault {}

  /// A wall clock is set forward, or back.
  record ClockStep(int host, long millis) implements Fault {}

  /// A wall clock runs fast from now on; below 0, slow.
  record ClockSkew(int host, double partsPerMillion) implements Fault {}

  /// A disk fails at its next write, which ends the process, and at every write of those to come
  /// until it is sound again.
  record FailingDisk(int host) implements Fault {}

  /// A disk writes again.
  record SoundDisk(int host) implements Fault {}

  /// Parts of what is on a disk can no longer be read. A process that runs finds out when it reads
  /// them.
  record Decay(int host) implements Fault {}

  /// The operator wants the node on a host to leave, or to stay after all. The order is given once;
  /// one that reaches no steward is lost.
  record Order(int host, Standing standing) implements Fault {}

  /// A process says that it stops, for good or for a while, and stops a moment later.
  record Stop(int host, boolean forGood) implements Fault {}

  /// A disk takes so many times as long as usual.
  record SlowDisk(int host, double factor) implements Fault {}
}
