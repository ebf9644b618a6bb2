package io.trefoil.simulation.lab;

import io.trefoil.core.machine.Effect;
import io.trefoil.core.machine.Event;
import io.trefoil.core.model.MemberState;
import io.trefoil.core.model.NodeId;
import io.trefoil.core.node.Alarm;
import io.trefoil.core.node.Envelope;
import io.trefoil.core.node.Write;
import io.trefoil.simulation.world.Host;
import io.trefoil.simulation.world.Host.Status;
import io.trefoil.simulation.world.Observer;
import io.trefoil.simulation.world.World;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Keeps count of what the nodes of a world hold of each other, from what they announce: who sees
/// everybody, who was found dead when, and who was found dead without being it.
final class Sightings implements Observer {

  /// For so long after its last trouble a host may be held dead without anybody being wrong.
  private static final long RECOVERY = Duration.ofMinutes(1).toNanos();

  private static final long EPISODE = Duration.ofSeconds(10).toNanos();

  private final World world;
  private final Map<NodeId, Integer> hosts = new LinkedHashMap<>();
  private final int[] alive;
  private final long[] troubled;
  private final long[] wronged;
  private final List<Long> found = new ArrayList<>();
  private int wanted = -1;
  private long falseDeaths;

  Sightings(World world) {
    this.world = world;
    this.alive = new int[world.hosts().size()];
    this.troubled = new long[alive.length];
    this.wronged = new long[alive.length];
    Arrays.fill(troubled, -RECOVERY - 1);
    Arrays.fill(wronged, -RECOVERY - 1);
    world.hosts().forEach(host -> hosts.put(host.id(), host.number()));
    world.observe(this);
  }

  /// Whether every running node holds so many members alive, itself included.
  boolean isEverybodyAt(int members) {
    for (Host host : world.hosts()) {
      if (host.status() == Status.UP && alive[host.number()] != members) {
        return false;
      }
    }
    return true;
  }

  /// How often somebody was held dead who had been well for a minute. However many hold so within a
  /// few seconds, it is one death: they tell each other.
  long falseDeaths() {
    return falseDeaths;
  }

  /// Begins to gather when others hold a host dead.
  void lookOutFor(int host) {
    wanted = host;
    found.clear();
  }

  /// When others came to hold the host dead, in virtual nanoseconds, in order.
  List<Long> found() {
    return found;
  }

  /// Something is done to a host: nobody is wrong to give it up.
  void trouble(int host) {
    troubled[host] = world.nanos();
  }

  @Override
  public void changed(Host host, long nanos) {
    trouble(host.number());
    if (host.status() == Status.DOWN) {
      alive[host.number()] = 0;
    }
  }

  @Override
  public void emitted(Host host, Effect<Envelope, Alarm, Write> effect, long nanos) {
    if (effect instanceof Effect.Announce<Envelope, Alarm, Write>(Event event)
        && event instanceof Event.MemberChanged change) {
      count(host, change, nanos);
    }
  }

  private void count(Host host, Event.MemberChanged change, long nanos) {
    if (change.before().filter(before -> before == MemberState.ALIVE).isPresent()) {
      alive[host.number()]--;
    }
    if (change.state() == MemberState.ALIVE) {
      alive[host.number()]++;
    }
    if (change.state() == MemberState.DEAD) {
      died(hosts.get(change.node()), nanos);
    }
  }

  private void died(int host, long nanos) {
    if (host == wanted) {
      found.add(nanos);
    } else if (isWell(world.host(host))) {
      falseDeaths += nanos - wronged[host] > EPISODE ? 1 : 0;
      wronged[host] = nanos;
    }
  }

  private boolean isWell(Host host) {
    return host.status() == Status.UP && world.nanos() - troubled[host.number()] > RECOVERY;
  }
}
