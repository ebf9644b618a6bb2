package io.trefoil.core.map;

import io.trefoil.core.machine.Check;
import io.trefoil.core.machine.Event;
import io.trefoil.core.machine.Input;
import io.trefoil.core.machine.Input.Asked;
import io.trefoil.core.machine.Input.Fetched;
import io.trefoil.core.machine.Input.Fired;
import io.trefoil.core.machine.Input.Heard;
import io.trefoil.core.machine.Input.Persisted;
import io.trefoil.core.machine.Input.Scanned;
import io.trefoil.core.machine.Input.Told;
import io.trefoil.core.machine.Input.Unreadable;
import io.trefoil.core.machine.Machine;
import io.trefoil.core.machine.News;
import io.trefoil.core.machine.Now;
import io.trefoil.core.machine.Sink;
import io.trefoil.core.map.MapAlarm.InquiryDue;
import io.trefoil.core.map.MapAlarm.PullDue;
import io.trefoil.core.map.MapMessage.Decided;
import io.trefoil.core.map.MapMessage.Endorsed;
import io.trefoil.core.map.MapMessage.Inquire;
import io.trefoil.core.map.MapMessage.Preempted;
import io.trefoil.core.map.MapMessage.Propose;
import io.trefoil.core.map.MapMessage.Pull;
import io.trefoil.core.map.MapMessage.Unmapped;
import io.trefoil.core.map.MapWrite.Adopted;
import io.trefoil.core.map.MapWrite.GenesisVote;
import io.trefoil.core.model.Address;
import io.trefoil.core.model.Peer;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/// The map a node goes by: takes part in deciding the first one, learns newer ones, and hands its
/// own to whoever is behind.
///
/// A map is adopted if its cluster is this node's own and its epoch is higher. It is in force, told
/// and handed on only when it is durable, so that no node ever falls behind what it has acted on.
public final class MapKeeper implements Machine<MapMessage, MapAlarm, MapWrite> {

  /// Between two pulls: the time a large map may take to come.
  private static final Duration PULL_PERIOD = Duration.ofMillis(500);

  private final Journal journal = new Journal();
  private final Genesis genesis;

  /// What was adopted last, durable or not yet.
  private Optional<ClusterMap> adopted;

  /// What is in force.
  private Optional<ClusterMap> map;

  private Optional<Peer> ahead = Optional.empty();
  private boolean pulling;

  /// A map machine as its node starts.
  ///
  /// @param self this node as the first map would list it
  /// @param founding what the operator decided, should this node found the cluster
  /// @param vote what was found on disk; [GenesisVote#NONE] if nothing
  /// @param map the same
  /// @param random for cluster ids and waits
  public MapKeeper(
      MapMember self,
      Founding founding,
      GenesisVote vote,
      Optional<ClusterMap> map,
      RandomGenerator random) {
    genesis = new Genesis(self, founding, vote, journal, random);
    adopted = map;
    this.map = map;
  }

  /// The map in force; empty until the first one is known.
  public Optional<ClusterMap> map() {
    return map;
  }

  /// Its epoch; 0 without one. Every packet carries it.
  public long epoch() {
    return map.map(ClusterMap::epoch).orElse(0L);
  }

  /// Without a map: the seeds, as far as they resolve, that have said nothing of late. Empty with a
  /// map.
  public List<Address> waitingFor() {
    return map.isPresent() ? List.of() : genesis.seeds().unheard();
  }

  /// Without a map: why no cluster can be founded even if all seeds answer, a sentence for the
  /// operator. Empty if there is no such reason, and with a map.
  public Optional<String> obstacle() {
    return map.isPresent() ? Optional.empty() : genesis.seeds().obstacle();
  }

  /// A peer's packet carried this map epoch. Pulls from it if that is higher than this node's; a
  /// lost pull is repeated by the next packet.
  public void heardOfEpoch(
      Peer peer, long epoch, Now now, Sink<MapMessage, MapAlarm, MapWrite> out) {
    if (epoch > epoch()) {
      ahead = Optional.of(peer);
      if (!pulling) {
        pull(peer, new Moment(now, out));
      }
    }
  }

  @Override
  public void on(
      Input<MapMessage, MapAlarm> input, Now now, Sink<MapMessage, MapAlarm, MapWrite> out) {
    var at = new Moment(now, out);
    switch (input) {
      case Heard(var from, var message) -> heard(from, message, at);
      case Fired(var alarm, _) -> fired(alarm, at);
      case Persisted(long ticket) -> journal.persisted(ticket, at);
      case Told(var news) -> told(news, at);
      case Fetched<MapMessage, MapAlarm> _,
          Scanned<MapMessage, MapAlarm> _,
          Unreadable<MapMessage, MapAlarm> _,
          Asked<MapMessage, MapAlarm> _ ->
          Check.that(false, "the map machine fetches no registers and serves no clients");
    }
    if (adopted.isEmpty()) {
      genesis.decided().ifPresent(first -> found(first, at));
    }
  }

  private void heard(Peer from, MapMessage message, Moment at) {
    if (message instanceof Decided(var offered)) {
      learn(offered, at);
    } else if (map.isPresent()) {
      handOver(from, message, map.get(), at);
    } else {
      genesis.heard(from, message, at);
    }
  }

  private static void handOver(Peer to, MapMessage message, ClusterMap map, Moment at) {
    switch (message) {
      case Pull(long epoch) when epoch >= map.epoch() -> {
        // Nothing newer here.
      }
      case Pull _, Inquire _, Propose _ -> at.send(to, new Decided(map));
      case Unmapped _, Preempted _, Endorsed _, Decided _ -> {
        // Late words about a first map that is known.
      }
    }
  }

  private void fired(MapAlarm alarm, Moment at) {
    switch (alarm) {
      case InquiryDue _ when adopted.isPresent() -> {
        // Nothing to ask any more.
      }
      case InquiryDue due -> {
        at.wake(due, Genesis.PERIOD);
        genesis.periodPassed(at);
      }
      case PullDue _ -> {
        pulling = false;
        ahead.ifPresent(peer -> pull(peer, at));
      }
    }
  }

  private void told(News news, Moment at) {
    switch (news) {
      case News.Started _ when map.isPresent() -> at.announce(new Event.MapAdopted(epoch()));
      case News.Started _ -> at.wake(new InquiryDue(), Genesis.PERIOD);
      case News.SeedsResolved(var seeds) when adopted.isEmpty() -> genesis.resolved(seeds, at);
      case News.SeedsResolved _, News.MapAdopted _, News.Leaving _, News.Restarting _ -> {
        // Nothing changes about the map in force.
      }
    }
  }

  private void pull(Peer peer, Moment at) {
    at.send(peer, new Pull(epoch()));
    at.wake(new PullDue(), PULL_PERIOD);
    ahead = Optional.empty();
    pulling = true;
  }

  private void found(ClusterMap first, Moment at) {
    adopt(first, at);
    journal.then(at, later -> tellSeeds(first, later));
  }

  private void tellSeeds(ClusterMap first, Moment at) {
    genesis.seeds().others().forEach(seed -> at.send(Peer.at(seed), new Decided(first)));
  }

  private void learn(ClusterMap offered, Moment at) {
    if (adopted.isPresent() && adopted.get().clusterId() != offered.clusterId()) {
      at.announce(new Event.PacketRejected("foreign-map"));
    } else if (!offered.isSound()) {
      at.announce(new Event.PacketRejected("unsound-map"));
    } else if (adopted.isEmpty() || offered.epoch() > adopted.get().epoch()) {
      adopt(offered, at);
    }
  }

  private void adopt(ClusterMap next, Moment at) {
    adopted = Optional.of(next);
    journal.write(new Adopted(next), at);
    journal.then(at, later -> comeIntoForce(next, later));
  }

  private void comeIntoForce(ClusterMap next, Moment at) {
    if (map.isEmpty()) {
      at.cancel(new InquiryDue());
    }
    map = Optional.of(next);
    ahead = Optional.empty();
    at.announce(new Event.MapAdopted(next.epoch()));
  }
}
