package io.trefoil.wire;

import static io.trefoil.wire.Undecodable.unless;

import io.trefoil.core.model.NodeId;
import io.trefoil.core.ring.ReplicaSet;
import io.trefoil.wire.proto.MapProto;
import io.trefoil.wire.proto.MapProto.ClusterMap.EpochRun;
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
      return ReplicaSetCodec.decode(wire.getParticulars(nextParticular++), epoch, ids);
    }
    unless(nextVoter < wire.getVotersCount(), "voters");
    List<NodeId> voters =
        ClusterMapCodec.nodes(wire.getVotersList().subList(nextVoter, nextVoter + votersEach), ids);
    nextVoter += votersEach;
    return ReplicaSet.stable(epoch, voters);
  }
}
