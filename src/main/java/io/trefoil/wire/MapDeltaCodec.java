package io.trefoil.wire;

import static io.trefoil.wire.Undecodable.unless;

import io.trefoil.core.map.MapDelta;
import io.trefoil.core.map.MapMember;
import io.trefoil.core.model.NodeId;
import io.trefoil.core.ring.Partitions;
import io.trefoil.core.ring.ReplicaSet;
import io.trefoil.wire.proto.MapProto.Advanced;
import io.trefoil.wire.proto.MapProto.Advanced.ChangedSet;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/// What has changed between two maps: members once, voters by their place in the list.
final class MapDeltaCodec {

  private MapDeltaCodec() {}

  static Advanced encode(MapDelta delta) {
    var wire =
        Advanced.newBuilder()
            .setClusterId(delta.clusterId())
            .setBase(delta.base())
            .setEpoch(delta.epoch())
            .setForced(delta.forced());
    delta.members().forEach(member -> wire.addMembers(MapCodec.encode(member)));
    var places = ClusterMapCodec.placesOf(delta.members());
    wire.addAllCouncil(ClusterMapCodec.places(delta.council(), places));
    delta
        .changed()
        .forEach(
            (partition, set) ->
                wire.addChanged(
                    ChangedSet.newBuilder()
                        .setSet(ReplicaSetCodec.encode(partition, set, places))
                        .setEpoch(set.epoch())));
    return wire.build();
  }

  static MapDelta decode(Advanced wire) throws Undecodable {
    unless(wire.getBase() > 0 && wire.getEpoch() > wire.getBase(), "epoch");
    List<MapMember> members = ClusterMapCodec.members(wire.getMembersList());
    List<NodeId> ids = members.stream().map(MapMember::id).toList();
    return new MapDelta(
        wire.getClusterId(),
        wire.getBase(),
        wire.getEpoch(),
        members,
        ClusterMapCodec.council(wire.getCouncilList(), ids),
        changed(wire, ids),
        ModelCodec.epoch(wire.getForced()));
  }

  private static SortedMap<Integer, ReplicaSet> changed(Advanced wire, List<NodeId> ids)
      throws Undecodable {
    var changed = new TreeMap<Integer, ReplicaSet>();
    int last = -1;
    for (ChangedSet each : wire.getChangedList()) {
      int partition = each.getSet().getPartition();
      unless(partition > last && partition < Partitions.MAX_COUNT, "partition");
      unless(each.getEpoch() > wire.getBase() && each.getEpoch() <= wire.getEpoch(), "epoch");
      changed.put(partition, ReplicaSetCodec.decode(each.getSet(), each.getEpoch(), ids));
      last = partition;
    }
    return changed;
  }
}
