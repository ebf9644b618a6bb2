package io.trefoil.wire;

import static io.trefoil.wire.Undecodable.unless;

import io.trefoil.core.model.NodeId;
import io.trefoil.core.ring.ReplicaSet;
import io.trefoil.wire.proto.MapProto.ClusterMap.Particular;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// One replica set written out; its epoch stands elsewhere.
final class ReplicaSetCodec {

  private ReplicaSetCodec() {}

  /// @param places where each member stands in the list of members
  static Particular encode(int partition, ReplicaSet set, Map<NodeId, Integer> places) {
    var wire =
        Particular.newBuilder()
            .setPartition(partition)
            .addAllOld(ClusterMapCodec.places(set.old(), places))
            .addAllAges(ages(set))
            .setForced(set.forced());
    if (!set.isStable()) {
      wire.addAllTarget(ClusterMapCodec.places(set.target(), places));
    }
    return wire.build();
  }

  private static List<Long> ages(ReplicaSet set) {
    return set.since().stream().map(since -> set.epoch() - since).toList();
  }

  /// @param ids the members, in the order in which they are listed
  static ReplicaSet decode(Particular set, long epoch, List<NodeId> ids) throws Undecodable {
    List<NodeId> old = voters(set.getOldList(), ids);
    List<NodeId> target = set.getTargetCount() == 0 ? old : voters(set.getTargetList(), ids);
    long newcomers = target.stream().filter(node -> !old.contains(node)).count();
    unless(set.getAgesCount() == old.size() + newcomers, "ages");
    unless(set.getForced() >= 0 && set.getForced() <= epoch, "forced");
    return new ReplicaSet(epoch, old, target, since(set.getAgesList(), epoch), set.getForced());
  }

  private static List<Long> since(List<Long> ages, long epoch) throws Undecodable {
    var since = new ArrayList<Long>(ages.size());
    for (long age : ages) {
      unless(age >= 0 && age < epoch, "ages");
      since.add(epoch - age);
    }
    return since;
  }

  private static List<NodeId> voters(List<Integer> places, List<NodeId> ids) throws Undecodable {
    unless(!places.isEmpty() && places.size() <= Limits.VOTERS, "voters");
    return ClusterMapCodec.nodes(places, ids);
  }
}
