package io.trefoil.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.trefoil.core.machine.Check;
import io.trefoil.core.map.ClusterMap;
import io.trefoil.core.map.MapMember;
import io.trefoil.core.model.Address;
import io.trefoil.core.model.NodeId;
import io.trefoil.core.ring.Partitions;
import io.trefoil.core.ring.ReplicaSet;
import io.trefoil.wire.proto.MapProto;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class ClusterMapCodecTest {

  @Test
  void aMapComesOutAsItWentIn() throws Undecodable {
    var values = new RandomValues(1);
    for (int i = 0; i < 300; i++) {
      ClusterMap map = values.map();

      assertEquals(map, ClusterMapCodec.decode(ClusterMapCodec.encode(map)));
    }
  }

  @Test
  void threeBytesHoldAPlainPartitionOfASmallCluster() {
    int few = ClusterMapCodec.encode(plain(5, 1)).getSerializedSize();
    int many = ClusterMapCodec.encode(plain(5, 4_096)).getSerializedSize();

    assertTrue(many - few <= 3 * 4_096, () -> "from " + few + " to " + many);
  }

  @Test
  void theMapOfTenThousandNodesFitsAPacket() {
    int bytes = ClusterMapCodec.encode(plain(10_000, 131_072)).getSerializedSize();

    assertTrue(bytes < Limits.PACKET_BYTES, () -> bytes + " bytes");
  }

  /// Every partition on three members in a row.
  private static ClusterMap plain(int nodes, int partitions) {
    var members = new ArrayList<MapMember>();
    for (int i = 1; i <= nodes; i++) {
      members.add(
          MapMember.active(
              new NodeId(i), "trefoil-" + i, "zone", 1, new Address("10.0.0.1", 7_400)));
    }
    var sets = new ArrayList<ReplicaSet>();
    for (int i = 0; i < partitions; i++) {
      List<NodeId> voters = new ArrayList<>();
      for (int j = 0; j < 3; j++) {
        voters.add(members.get((i + j) % nodes).id());
      }
      sets.add(ReplicaSet.stable(1, voters));
    }
    return new ClusterMap(
        1, 1, new Partitions(partitions), 3, 1_024, members, List.of(new NodeId(1)), sets);
  }

  @Test
  void aMapThatNamesAStrangerIsNeverSent() {
    var map = plain(3, 1);
    var strange =
        new ClusterMap(
            1,
            1,
            map.partitions(),
            3,
            1_024,
            map.members(),
            map.council(),
            List.of(ReplicaSet.stable(1, List.of(new NodeId(99)))));

    assertThrows(Check.Broken.class, () -> ClusterMapCodec.encode(strange));
  }

  @Test
  void aMapThatCannotBeIsRefused() {
    refused("epoch", wire -> wire.setEpoch(0));
    refused("partitions", wire -> wire.setPartitions(3));
    refused("partitions", wire -> wire.setPartitions(1 << 21));
    refused("replication", wire -> wire.setReplication(0));
    refused("tokens", wire -> wire.setTokens(0));
    refused("members", wire -> wire.clearMembers());
    refused("members", wire -> wire.addMembers(wire.getMembers(0)));
    refused("council", wire -> wire.clearCouncil());
    refused("council", wire -> wire.addAllCouncil(List.of(1, 2, 1, 2, 1)));
    refused("member", wire -> wire.addCouncil(7));
    refused("member", wire -> wire.setVoters(0, 7));
    refused("member", wire -> wire.setVoters(0, wire.getVoters(1)));
    refused("voters", wire -> wire.setVotersEach(0));
    refused("voters", wire -> wire.addVoters(0));
    refused("voters", wire -> wire.addParticulars(particular(0)));
    refused("epochs", wire -> wire.clearEpochs());
    refused("epochs", wire -> wire.addEpochs(wire.getEpochs(0)));
    refused("epoch", wire -> wire.setEpochs(0, wire.getEpochs(0).toBuilder().setEpoch(2)));
  }

  @Test
  void aSmallPacketCannotAskForMuchMemory() {
    refused("voters", wire -> wire.setPartitions(1 << 20));
    refused(
        "epochs", wire -> wire.setEpochs(0, wire.getEpochs(0).toBuilder().setPartitions(1 << 30)));
  }

  private static MapProto.ClusterMap.Particular particular(int partition) {
    return MapProto.ClusterMap.Particular.newBuilder().setPartition(partition).addOld(0).build();
  }

  private static void refused(String word, Consumer<MapProto.ClusterMap.Builder> mistake) {
    var wire = ClusterMapCodec.encode(plain(3, 4)).toBuilder();
    mistake.accept(wire);

    var refusal = assertThrows(Undecodable.class, () -> ClusterMapCodec.decode(wire.build()));
    assertEquals(word, refusal.getMessage());
  }
}
