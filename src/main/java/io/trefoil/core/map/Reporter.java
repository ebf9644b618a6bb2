package io.trefoil.core.map;

import io.trefoil.core.machine.Event;
import io.trefoil.core.map.MapMessage.Noted;
import io.trefoil.core.map.MapMessage.Report;
import io.trefoil.core.model.NodeId;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/// Tells the council how far this node's copies are, and takes what it is told back: its lease, how
/// whole the cluster is, which copies it need not keep.
final class Reporter {

  private final Lease lease;
  private final Duration pause;
  private final Surroundings surroundings;
  private final Post post;
  private final TreeMap<Long, Sent> sent = new TreeMap<>();
  private Optional<ClusterMap> map = Optional.empty();
  private boolean moving;
  private boolean held;
  private long number;
  private Optional<Progress> last = Optional.empty();
  private Summary summary = Summary.NONE;
  private Optional<NodeId> steward = Optional.empty();
  private List<Integer> droppable = List.of();

  Reporter(MapPolicy policy, Surroundings surroundings, Post post) {
    this.lease = new Lease(policy);
    this.pause = policy.lease().dividedBy(4);
    this.surroundings = surroundings;
    this.post = post;
  }

  /// @param epoch the map in force when it was sent
  private record Sent(long nanos, long epoch) {}

  /// A map came into force. Without a lease a report goes out at once.
  void inForce(ClusterMap next, Moment at) {
    map = Optional.of(next);
    moving = next.replicaSets().stream().anyMatch(set -> !set.isStable());
    droppable = List.of();
    if (!lease.isHeld(next.council(), at.nanos())) {
      report(next, surroundings.progress(), at);
    }
  }

  /// Reports if it is time to, and announces a lease that has ended.
  void round(Moment at) {
    if (map.isEmpty()) {
      return;
    }
    var progress = surroundings.progress();
    boolean unchanged = last.equals(Optional.of(progress)) && mayVote(at.nanos());
    boolean busy = moving || !progress.isWhole() || !unchanged;
    if (busy || at.nanos() - sent.lastEntry().getValue().nanos >= pause.toNanos()) {
      report(map.get(), progress, at);
    }
    announce(at);
  }

  /// A council member answered.
  void noted(NodeId from, Noted noted, Moment at) {
    var report = sent.get(noted.number());
    if (report == null || map.isEmpty()) {
      return;
    }
    if (noted.granted()) {
      lease.granted(from, report.nanos);
      announce(at);
    }
    if (from.equals(noted.steward())) {
      steward = Optional.of(from);
      summary = noted.summary();
      droppable = report.epoch == map.get().epoch() ? noted.droppable() : droppable;
    }
  }

  /// Whether this node may vote.
  boolean mayVote(long nanos) {
    return map.isPresent() && lease.isHeld(map.get().council(), nanos);
  }

  /// How whole the cluster is, as the steward said last.
  Summary summary() {
    return summary;
  }

  /// Who said last that it is the steward.
  Optional<NodeId> steward() {
    return steward;
  }

  /// Takes the copies that need not be kept here, by the map in force. Each is told once, and again
  /// if it is still reported.
  List<Integer> takeDroppable() {
    var taken = droppable;
    droppable = List.of();
    return taken;
  }

  private void report(ClusterMap to, Progress progress, Moment at) {
    last = Optional.of(progress);
    sent.put(++number, new Sent(at.nanos(), to.epoch()));
    sent.values().removeIf(old -> at.nanos() - old.nanos > 4 * pause.toNanos());
    var report = new Report(number, progress);
    to.council().forEach(member -> post.send(member, report, at));
  }

  private void announce(Moment at) {
    boolean now = mayVote(at.nanos());
    if (now != held) {
      held = now;
      at.announce(now ? new Event.LeaseHeld() : new Event.LeaseLost());
    }
  }
}
