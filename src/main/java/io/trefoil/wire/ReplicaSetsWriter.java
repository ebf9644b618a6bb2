package io.trefoil.wire;

import io.trefoil.core.model.NodeId;
import io.trefoil.core.ring.ReplicaSet;
import io.trefoil.wire.proto.MapProto;
import java.util.List;
import java.util.Map;

/// Writes the replica sets of a map, one for each partition. At first all are plain: stable, all in
/// since its epoch, of one size: of these only the voters' places are written, one list for all.
/// The others are written out; epochs are written as runs.
final class ReplicaSetsWriter {

  private final List<ReplicaSet> sets;
  private final Map<NodeId, Integer> places;
  private final int votersEach;

  /// A writer for the sets of all partitions, in their order.
  ///
  /// @param places where each member stands in the list of members
  ReplicaSetsWriter(List<ReplicaSet> sets, Map<NodeId, Integer> places) {
    this.sets = sets;
    this.places = places;
    this.votersEach = mostVoters();
  }

  private int mostVoters() {
    int most = 0;
    for (ReplicaSet set : sets) {
      most = Math.max(most, set.old().size());
    }
    return most;
  }

  void writeTo(MapProto.ClusterMap.Builder wire) {
    wire.setVotersEach(votersEach);
    for (int partition = 0; partition < sets.size(); partition++) {
      ReplicaSet set = sets.get(partition);
      if (isPlain(set)) {
        wire.addAllVoters(ClusterMapCodec.places(set.old(), places));
      } else {
        wire.addParticulars(ReplicaSetCodec.encode(partition, set, places));
      }
    }
    writeEpochs(wire);
  }

  private boolean isPlain(ReplicaSet set) {
    return set.isStable()
        && set.old().size() == votersEach
        && set.forced() == 0
        && set.since().stream().allMatch(since -> since == set.epoch());
  }

  private void writeEpochs(MapProto.ClusterMap.Builder wire) {
    int begin = 0;
    for (int end = 1; end <= sets.size(); end++) {
      if (end == sets.size() || sets.get(end).epoch() != sets.get(begin).epoch()) {
        wire.addEpochs(
            MapProto.ClusterMap.EpochRun.newBuilder()
                .setEpoch(sets.get(begin).epoch())
                .setPartitions(end - begin));
        begin = end;
      }
    }
  }
}
