package io.trefoil.wire;

import static io.trefoil.wire.Undecodable.unless;

import io.trefoil.core.machine.Check;
import io.trefoil.core.map.ClusterMap;
import io.trefoil.core.map.MapMember;
import io.trefoil.core.model.NodeId;
import io.trefoil.core.ring.Partitions;
import io.trefoil.wire.proto.MapProto;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// The cluster map: members once, everything else by their place in the list.
final class ClusterMapCodec {

  private ClusterMapCodec() {}

  /// Voters and council must be members: that is what a map is.
  static MapProto.ClusterMap encode(ClusterMap map) {
    var wire =
        MapProto.ClusterMap.newBuilder()
            .setClusterId(map.clusterId())
            .setEpoch(map.epoch())
            .setPartitions(map.partitions().count())
            .setReplication(map.replication())
            .setTokens(map.tokens())
            .setForced(map.forced());
    var places = new HashMap<NodeId, Integer>();
    for (MapMember member : map.members()) {
      places.put(member.id(), places.size());
      wire.addMembers(MapCodec.encode(member));
    }
    wire.addAllCouncil(places(map.council(), places));
    new ReplicaSetsWriter(map.replicaSets(), places).writeTo(wire);
    return wire.build();
  }

  /// Where nodes stand in the list of members.
  static List<Integer> places(List<NodeId> nodes, Map<NodeId, Integer> places) {
    var found = new ArrayList<Integer>(nodes.size());
    for (NodeId node : nodes) {
      Integer place = places.get(node);
      Check.that(place != null, () -> "the map names " + node + ", which is no member of it");
      found.add(place);
    }
    return found;
  }

  static ClusterMap decode(MapProto.ClusterMap wire) throws Undecodable {
    unless(wire.getEpoch() > 0, "epoch");
    unless(wire.getReplication() > 0 && wire.getReplication() <= Limits.VOTERS, "replication");
    unless(wire.getTokens() > 0, "tokens");
    Partitions partitions = partitions(wire.getPartitions());
    List<MapMember> members = members(wire);
    var ids = new ArrayList<NodeId>(members.size());
    for (MapMember member : members) {
      ids.add(member.id());
    }
    return new ClusterMap(
        wire.getClusterId(),
        wire.getEpoch(),
        partitions,
        wire.getReplication(),
        wire.getTokens(),
        members,
        council(wire, ids),
        new ReplicaSetsReader(wire, ids).read(),
        ModelCodec.epoch(wire.getForced()));
  }

  private static Partitions partitions(int count) throws Undecodable {
    unless(
        count >= 1 && count <= Partitions.MAX_COUNT && Integer.bitCount(count) == 1, "partitions");
    return new Partitions(count);
  }

  private static List<MapMember> members(MapProto.ClusterMap wire) throws Undecodable {
    int count = wire.getMembersCount();
    unless(count >= 1 && count <= Limits.MEMBERS, "members");
    var members = new ArrayList<MapMember>(count);
    NodeId last = NodeId.NONE;
    for (MapProto.MapMember each : wire.getMembersList()) {
      MapMember member = MapCodec.decode(each);
      unless(member.id().compareTo(last) > 0, "members");
      members.add(member);
      last = member.id();
    }
    return members;
  }

  private static List<NodeId> council(MapProto.ClusterMap wire, List<NodeId> ids)
      throws Undecodable {
    int count = wire.getCouncilCount();
    unless(count >= 1 && count <= Limits.COUNCIL, "council");
    return nodes(wire.getCouncilList(), ids);
  }

  /// The nodes at places in the list of members, each once.
  static List<NodeId> nodes(List<Integer> places, List<NodeId> ids) throws Undecodable {
    var nodes = new ArrayList<NodeId>(places.size());
    for (int place : places) {
      unless(place >= 0 && place < ids.size(), "member");
      NodeId node = ids.get(place);
      unless(!nodes.contains(node), "member");
      nodes.add(node);
    }
    return nodes;
  }
}
