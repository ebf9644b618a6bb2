package io.trefoil.wire;

import static io.trefoil.wire.Undecodable.unless;

import io.trefoil.core.model.NodeId;
import io.trefoil.core.ring.ReplicaSet;
import io.trefoil.wire.proto.MapProto;
import io.trefoil.wire.proto.MapProto.ClusterMap.EpochRun;
import io.trefoil.wire.proto.MapProto.ClusterMap.Particular;
import java.util.ArrayList;
import java.util.List;

/// Reads what [ReplicaSetsWriter] wrote. Counts are compared before anything is made of them, so
/// that a small packet cannot ask for much memory.
final class ReplicaSetsReader {

  private final MapProto.ClusterMap wire;
  private final List<NodeId> ids;
  private final int partitions;
  private final int votersEach;
  private int nextVoter;
  private int nextParticular;

  /// A reader for a map's replica sets.
  ///
  /// @param ids the members, in the order in which the map lists them
  ReplicaSetsReader(MapProto.ClusterMap wire, List<NodeId> ids) {
    this.wire = wire;
    this.ids = ids;
    this.partitions = wire.getPartitions();
    this.votersEach = wire.getVotersEach();
  }

  List<ReplicaSet> read() throws Undecodable {
    unless(votersEach >= 1 && votersEach <= Limits.VOTERS, "voters");
    long plain = (long) partitions - wire.getParticularsCount();
    unless(wire.getVotersCount() == plain * votersEach, "voters");
    var sets = new ArrayList<ReplicaSet>(partitions);
    for (EpochRun run : wire.getEpochsList()) {
      unless(run.getEpoch() > 0 && run.getEpoch() <= wire.getEpoch(), "epoch");
      unless(run.getPartitions() > 0, "epochs");
      unless(run.getPartitions() <= partitions - sets.size(), "epochs");
      int end = sets.size() + run.getPartitions();
      while (sets.size() < end) {
        sets.add(next(sets.size(), run.getEpoch()));
      }
    }
    unless(sets.size() == partitions, "epochs");
    return sets;
  }

  private ReplicaSet next(int partition, long epoch) throws Undecodable {
    if (nextParticular < wire.getParticularsCount()
        && wire.getParticulars(nextParticular).getPartition() == partition) {
      return particular(wire.getParticulars(nextParticular++), epoch);
    }
    unless(nextVoter < wire.getVotersCount(), "voters");
    List<NodeId> voters =
        ClusterMapCodec.nodes(wire.getVotersList().subList(nextVoter, nextVoter + votersEach), ids);
    nextVoter += votersEach;
    return ReplicaSet.stable(epoch, voters);
  }

  private ReplicaSet particular(Particular set, long epoch) throws Undecodable {
    List<NodeId> old = voters(set.getOldList());
    List<NodeId> target = set.getTargetCount() == 0 ? old : voters(set.getTargetList());
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

  private List<NodeId> voters(List<Integer> places) throws Undecodable {
    unless(!places.isEmpty() && places.size() <= Limits.VOTERS, "voters");
    return ClusterMapCodec.nodes(places, ids);
  }
}
