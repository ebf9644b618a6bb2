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
    map.members().forEach(member -> wire.addMembers(MapCodec.encode(member)));
    var places = placesOf(map.members());
    wire.addAllCouncil(places(map.council(), places));
    new ReplicaSetsWriter(map.replicaSets(), places).writeTo(wire);
    return wire.build();
  }

  /// Where each member stands in the list of members.
  static Map<NodeId, Integer> placesOf(List<MapMember> members) {
    var places = new HashMap<NodeId, Integer>();
    members.forEach(member -> places.put(member.id(), places.size()));
    return places;
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
    List<MapMember> members = members(wire.getMembersList());
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
        council(wire.getCouncilList(), ids),
        new ReplicaSetsReader(wire, ids).read(),
        ModelCodec.epoch(wire.getForced()));
  }

  private static Partitions partitions(int count) throws Undecodable {
    unless(
        count >= 1 && count <= Partitions.MAX_COUNT && Integer.bitCount(count) == 1, "partitions");
    return new Partitions(count);
  }

  /// Members, in strictly rising order of id.
  static List<MapMember> members(List<MapProto.MapMember> wire) throws Undecodable {
    int count = wire.size();
    unless(count >= 1 && count <= Limits.MEMBERS, "members");
    var members = new ArrayList<MapMember>(count);
    NodeId last = NodeId.NONE;
    for (MapProto.MapMember each : wire) {
      MapMember member = MapCodec.decode(each);
      unless(member.id().compareTo(last) > 0, "members");
      members.add(member);
      last = member.id();
    }
    return members;
  }

  /// The council, by place in the list of members.
  static List<NodeId> council(List<Integer> places, List<NodeId> ids) throws Undecodable {
    unless(!places.isEmpty() && places.size() <= Limits.COUNCIL, "council");
    return nodes(places, ids);
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
