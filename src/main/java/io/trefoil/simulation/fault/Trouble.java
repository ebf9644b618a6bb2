package io.trefoil.simulation.fault;

import io.trefoil.core.map.MapMember.Standing;
import io.trefoil.simulation.world.Fault;
import io.trefoil.simulation.world.LinkQuality;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/// A kind of trouble: how it begins, and how it ends.
public enum Trouble {
  /// A process is killed and started again on its disk.
  CRASH,
  /// All processes are killed at once, as by a power cut, and started again.
  POWER_CUT,
  /// A process is started on an empty disk, under a new identity.
  WIPE,
  /// A process is killed and started again on its disk, at another address.
  MOVE,
  /// Two processes are killed and started again at each other's addresses.
  SWAP,
  /// A process is killed and started as one of the next release, and later as one of this again:
  /// for so long the cluster is a mixed one.
  UPGRADE,
  /// A process is frozen and goes on.
  PAUSE,
  /// The network falls into two parts.
  SPLIT,
  /// One direction between two nodes is dead.
  ONE_WAY,
  /// One direction between two nodes is dead and alive by turns.
  FLAP,
  /// A node hears everybody and is heard by nobody.
  MUTE,
  /// A node is heard by everybody and hears nobody.
  DEAF,
  /// One direction between two nodes loses most packets and delays the others.
  BAD_LINK,
  /// One clock steps by up to an hour either way, and back.
  CLOCK_STEP,
  /// One clock runs up to a tenth too fast or too slow.
  CLOCK_SKEW,
  /// One disk becomes up to a hundred times as slow.
  SLOW_DISK,
  /// One disk fails at the next write, which ends the process; later it starts on a sound disk that
  /// holds what the old one did.
  FAILING_DISK,
  /// All processes are killed at once, and a part of what one disk holds is unreadable afterwards.
  DECAY,
  /// A process is started, if there is none: a node joins, or returns.
  JOIN,
  /// A node is to leave, and later to stay after all.
  DRAIN,
  /// A node is to leave, and later does.
  LEAVE,
  /// A process says that it will be back, stops, and is started again.
  STOP;

  private static final long HOUR_MILLIS = Duration.ofHours(1).toMillis();
  private static final int MOST_FLAPS = 20;
  private static final double WORST_SKEW = 1e5;
  private static final double SLOWEST = 100;

  /// What happens at the beginning and at the end of one trouble of this kind.
  ///
  /// @param times how often it begins and ends, at equal distances
  record Episode(List<Fault> begin, List<Fault> end, int times) {

    Episode(List<Fault> begin, List<Fault> end) {
      this(begin, end, 1);
    }
  }

  /// What is cut between one node and each other.
  private interface Cut {
    Fault between(int host, int other);
  }

  Episode drawn(RandomGenerator random, int hosts) {
    int host = random.nextInt(hosts);
    int other = (host + random.nextInt(1, Math.max(2, hosts))) % hosts;
    return switch (this) {
      case CRASH -> episode(new Fault.Crash(host), new Fault.Restart(host));
      case POWER_CUT -> powerCut(hosts);
      case WIPE -> new Episode(List.of(new Fault.Wipe(host)), List.of());
      case MOVE -> new Episode(List.of(new Fault.Move(host)), List.of());
      case SWAP -> new Episode(List.of(new Fault.Swap(host, other)), List.of());
      case UPGRADE -> episode(new Fault.Upgrade(host), new Fault.Downgrade(host));
      case PAUSE -> episode(new Fault.Pause(host), new Fault.Resume(host));
      case SPLIT -> episode(new Fault.Split(List.of(side(random, hosts))), new Fault.Reconnect());
      case ONE_WAY -> episode(new Fault.OneWay(host, other), new Fault.Reconnect());
      case FLAP ->
          new Episode(
              List.of(new Fault.OneWay(host, other)),
              List.of(new Fault.Reconnect()),
              random.nextInt(2, MOST_FLAPS));
      case MUTE -> alone(host, hosts, Fault.OneWay::new);
      case DEAF -> alone(host, hosts, (deaf, each) -> new Fault.OneWay(each, deaf));
      case BAD_LINK -> episode(new Fault.Link(host, other, bad(random)), new Fault.Reconnect());
      case CLOCK_STEP -> clockStep(host, random.nextLong(-HOUR_MILLIS, HOUR_MILLIS + 1));
      case CLOCK_SKEW ->
          episode(
              new Fault.ClockSkew(host, random.nextDouble(-WORST_SKEW, WORST_SKEW)),
              new Fault.ClockSkew(host, 0));
      case SLOW_DISK ->
          episode(
              new Fault.SlowDisk(host, random.nextDouble(1, SLOWEST)), new Fault.SlowDisk(host, 1));
      case FAILING_DISK ->
          new Episode(
              List.of(new Fault.FailingDisk(host)),
              List.of(new Fault.SoundDisk(host), new Fault.Restart(host)));
      case DECAY -> powerCut(hosts, new Fault.Decay(host));
      case JOIN -> new Episode(List.of(new Fault.Restart(host)), List.of());
      case DRAIN ->
          episode(new Fault.Order(host, Standing.LEAVING), new Fault.Order(host, Standing.ACTIVE));
      case LEAVE -> episode(new Fault.Order(host, Standing.LEAVING), new Fault.Stop(host, true));
      case STOP -> episode(new Fault.Stop(host, false), new Fault.Restart(host));
    };
  }

  private static Episode episode(Fault begin, Fault end) {
    return new Episode(List.of(begin), List.of(end));
  }

  /// One direction between a node and every other is dead.
  private static Episode alone(int host, int hosts, Cut cut) {
    var begin = new ArrayList<Fault>();
    for (int other = 0; other < hosts; other++) {
      if (other != host) {
        begin.add(cut.between(host, other));
      }
    }
    return new Episode(begin, List.of(new Fault.Reconnect()));
  }

  private static Episode clockStep(int host, long millis) {
    return episode(new Fault.ClockStep(host, millis), new Fault.ClockStep(host, -millis));
  }

  private static Episode powerCut(int hosts, Fault... first) {
    var begin = new ArrayList<Fault>();
    var end = new ArrayList<Fault>(List.of(first));
    for (int host = 0; host < hosts; host++) {
      begin.add(new Fault.Crash(host));
      end.add(new Fault.Restart(host));
    }
    return new Episode(begin, end);
  }

  private static List<Integer> side(RandomGenerator random, int hosts) {
    var side = new ArrayList<Integer>();
    for (int host = 0; host < hosts; host++) {
      if (random.nextBoolean()) {
        side.add(host);
      }
    }
    return side;
  }

  private static LinkQuality bad(RandomGenerator random) {
    return new LinkQuality(
        random.nextDouble(0.5, 0.95), 0.1, Duration.ZERO, Duration.ofMillis(200), 0.2);
  }
}
