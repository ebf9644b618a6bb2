package io.trefoil.storage;

import io.trefoil.core.map.ClusterMap;
import io.trefoil.core.map.MapBallot;
import io.trefoil.core.map.MapWrite;
import io.trefoil.core.map.MapWrite.GenesisVote;
import io.trefoil.core.model.Ballot;
import io.trefoil.core.model.HybridTimestamp;
import io.trefoil.core.model.Key;
import io.trefoil.core.model.NodeId;
import io.trefoil.core.model.Record;
import io.trefoil.core.model.Register;
import io.trefoil.core.model.Value;
import io.trefoil.core.model.Version;
import io.trefoil.core.node.Write;
import io.trefoil.core.register.RegisterWrite;
import io.trefoil.core.ring.Partitions;
import java.util.List;
import java.util.Optional;

/// States of a node, as a replica would write them.
final class Samples {

  static final NodeId NODE = new NodeId(7);

  private Samples() {}

  /// A register that accepted its `draw`th value.
  static Register register(long draw) {
    Ballot ballot = new Ballot(1, HybridTimestamp.ofMillis(1_000 + draw), NODE, draw);
    return Register.accepting(
        ballot, Record.of(new Version(ballot), Value.of(new byte[] {(byte) draw})));
  }

  static Write write(int partition, String key, long draw) {
    return new Write.OfRegister(new RegisterWrite.Changed(partition, new Key(key), register(draw)));
  }

  /// A write of a value of so many bytes.
  static Write large(String key, int bytes) {
    Version version = new Version(new Ballot(1, HybridTimestamp.ofMillis(1), NODE, 1));
    Register register =
        Register.accepting(version.ballot(), Record.of(version, Value.of(new byte[bytes])));
    return new Write.OfRegister(new RegisterWrite.Changed(0, new Key(key), register));
  }

  static GenesisVote vote(long round) {
    MapBallot ballot = new MapBallot(round, NODE);
    return new GenesisVote(ballot, ballot, Optional.of(map(1)));
  }

  static Write write(MapWrite write) {
    return new Write.OfMap(write);
  }

  static ClusterMap map(long epoch) {
    return new ClusterMap(99, epoch, new Partitions(1), 3, 1, List.of(), List.of(NODE), List.of());
  }
}
