package io.trefoil.core.map;

import io.trefoil.core.map.MapMember.Standing;
import io.trefoil.core.map.MapPolicy.MajorityLoss;
import io.trefoil.core.model.NodeId;
import io.trefoil.core.model.Rule;
import io.trefoil.core.ring.ReplicaSet;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;

/// The steward's rules about who votes for which partition. Pure.
///
/// A set on its way arrives when all of its target is complete; or, where an old voter is missing
/// and a newcomer is complete, when a majority is (!). Less would do for safety only with the
/// majority; but to drop a good old copy before the new one is complete would leave two where three
/// were.
final class Moves {

  private final MapPolicy policy;
  private final Targets targets;
  private final Set<Rule> rules;

  Moves(MapPolicy policy, Targets targets, Set<Rule> rules) {
    this.policy = policy;
    this.targets = targets;
    this.rules = rules;
  }

  /// The replica sets of the next map.
  ///
  /// @param members those of the next map, before anybody is dropped from it
  List<ReplicaSet> next(Scene scene, List<MapMember> members) {
    return new Plan(scene, members).sets();
  }

  private static boolean isMajority(long count, List<NodeId> of) {
    return count * 2 > of.size();
  }

  /// One map's moves being worked out.
  private final class Plan {

    private final Scene scene;
    private final long epoch;
    private final TreeMap<NodeId, Standing> standings = new TreeMap<>();
    private final List<List<NodeId>> wanted;

    Plan(Scene scene, List<MapMember> members) {
      this.scene = scene;
      this.epoch = scene.map().epoch() + 1;
      this.wanted = targets.of(scene.map(), members);
      members.forEach(member -> standings.put(member.id(), member.standing()));
    }

    List<ReplicaSet> sets() {
      var sets = new ArrayList<ReplicaSet>(wanted.size());
      for (int partition = 0; partition < wanted.size(); partition++) {
        sets.add(goOn(partition, scene.map().replicaSet(partition)));
      }
      long moving = sets.stream().filter(set -> !set.isStable()).count();
      IntStream.range(0, sets.size())
          .boxed()
          .filter(partition -> isDue(partition, sets.get(partition)))
          .sorted(Comparator.comparing(partition -> urgency(sets.get(partition))))
          .limit(Math.max(0, policy.movesAtOnce() - moving))
          .forEach(
              partition -> {
                var set = sets.get(partition);
                sets.set(partition, set.moving(epoch, target(partition, set)));
              });
      return sets;
    }

    /// What becomes of a set that is on its way, or has lost its quorum for good.
    private ReplicaSet goOn(int partition, ReplicaSet set) {
      if (hasArrived(partition, set)) {
        return set.moved(epoch);
      }
      if (hasLostQuorum(set)) {
        return survive(partition, set);
      }
      var damaged = damaged(partition, set);
      if (damaged.isPresent()) {
        return set.readmitting(epoch, damaged.get(), target(partition, set));
      }
      if (!set.isStable() && !areActive(set.target())) {
        var target = target(partition, set);
        return Targets.areSame(target, set.target())
            ? set
            : set.moving(epoch, back(target, set.old()));
      }
      return set;
    }

    /// A voter that must come in anew because its copy is damaged, if the others can do without it:
    /// all old voters but it are there, and hold all that was chosen before this epoch (!). Else
    /// what only the damaged copy and another had taken would be lost with it.
    private Optional<NodeId> damaged(int partition, ReplicaSet set) {
      return set.all().stream()
          .filter(node -> scene.reports().isDamaged(node, partition, set.epoch()))
          .filter(node -> !set.old().equals(List.of(node)))
          .filter(node -> areComplete(partition, set, node))
          .findFirst();
    }

    private boolean areComplete(int partition, ReplicaSet set, NodeId without) {
      return set.old().stream()
          .filter(node -> !node.equals(without))
          .allMatch(
              node ->
                  scene.roll().isThere(node)
                      && scene.reports().isComplete(node, partition, set.epoch()));
    }

    private boolean hasArrived(int partition, ReplicaSet set) {
      if (set.isStable() || !rules.contains(Rule.ARRIVE_COMPLETE)) {
        return !set.isStable();
      }
      var complete =
          set.target().stream()
              .filter(node -> scene.reports().isComplete(node, partition, set.epoch()))
              .toList();
      boolean newcomer = complete.stream().anyMatch(node -> !set.old().contains(node));
      return isMajority(complete.size(), set.target())
          && (complete.size() == set.target().size() || newcomer && isAnyMissing(set.old()));
    }

    private boolean isAnyMissing(List<NodeId> nodes) {
      return !areActive(nodes) || !nodes.stream().allMatch(scene.roll()::isThere);
    }

    private boolean areActive(List<NodeId> nodes) {
      return nodes.stream().allMatch(node -> standings.get(node) == Standing.ACTIVE);
    }

    private boolean hasLostQuorum(ReplicaSet set) {
      return !isMajority(left(set).size(), set.old());
    }

    /// The old voters that were not given up.
    private List<NodeId> left(ReplicaSet set) {
      return set.old().stream().filter(n -> standings.get(n) != Standing.EVICTED).toList();
    }

    /// Goes on with those left, if they are there and the others have surely fallen silent.
    private ReplicaSet survive(int partition, ReplicaSet set) {
      var left = left(set);
      var lost = set.old().stream().filter(node -> !left.contains(node)).toList();
      boolean survivable =
          policy.onMajorityLoss() == MajorityLoss.SURVIVOR
              && !left.isEmpty()
              && left.stream().allMatch(scene.roll()::isThere)
              && scene.silent().test(lost);
      int copies = scene.map().replication();
      var target = Targets.filled(wanted.get(partition), left, Math.min(left.size(), copies));
      return survivable ? set.forced(epoch, left, back(target, left)) : set;
    }

    private boolean isDue(int partition, ReplicaSet set) {
      return set.isStable()
          && !hasLostQuorum(set)
          && !Targets.areSame(target(partition, set), set.old());
    }

    private List<NodeId> target(int partition, ReplicaSet set) {
      var keep = set.old().stream().sorted(Comparator.comparing(standings::get)).toList();
      int size = Math.min(set.old().size(), scene.map().replication());
      return Targets.filled(wanted.get(partition), keep, size);
    }

    /// The old voters in their own order, if they are the target: then nothing moves.
    private static List<NodeId> back(List<NodeId> target, List<NodeId> old) {
      return Targets.areSame(target, old) ? old : target;
    }

    /// Rises as it becomes less urgent: more lost voters first, then leaving ones, then sets that
    /// are short of voters, then balance.
    private int urgency(ReplicaSet set) {
      int lost = count(set, Standing.EVICTED);
      int leaving = count(set, Standing.LEAVING);
      boolean isShort = set.old().size() < scene.map().replication();
      return -(lost * 1_000 + leaving * 10 + (isShort ? 1 : 0));
    }

    private int count(ReplicaSet set, Standing standing) {
      return (int) set.old().stream().filter(n -> standings.get(n) == standing).count();
    }
  }
}
