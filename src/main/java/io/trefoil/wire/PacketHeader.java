package io.trefoil.wire;

import static io.trefoil.wire.Undecodable.unless;

import io.trefoil.core.model.HybridTimestamp;
import io.trefoil.core.model.NodeId;
import io.trefoil.core.node.Envelope;
import io.trefoil.core.node.Message;
import io.trefoil.wire.proto.PacketProto;

/// What every packet carries once for all its messages.
///
/// @param cluster hash of the cluster's name
/// @param from the sender
/// @param run the sender's boot counter
/// @param to whom it is meant for; [NodeId#NONE] for whoever is at the address
/// @param epoch the sender's map epoch; 0 without a map
/// @param at the sender's hybrid time
public record PacketHeader(
    long cluster, NodeId from, long run, NodeId to, long epoch, HybridTimestamp at) {

  /// The header for a packet with this message in it.
  public static PacketHeader of(Envelope envelope) {
    return new PacketHeader(
        envelope.cluster(),
        envelope.from(),
        envelope.run(),
        envelope.to(),
        envelope.epoch(),
        envelope.at());
  }

  /// A message as it comes out of a packet with this header.
  public Envelope envelope(Message message) {
    return new Envelope(cluster, from, run, to, epoch, at, message);
  }

  PacketProto.Header encode() {
    return PacketProto.Header.newBuilder()
        .setCluster(cluster)
        .setSender(from.bits())
        .setRun(run)
        .setTarget(to.bits())
        .setEpoch(epoch)
        .setAt(at.bits())
        .build();
  }

  static PacketHeader decode(PacketProto.Header wire) throws Undecodable {
    unless(wire.getRun() > 0, "run");
    return new PacketHeader(
        wire.getCluster(),
        ModelCodec.node(wire.getSender()),
        wire.getRun(),
        new NodeId(wire.getTarget()),
        ModelCodec.epoch(wire.getEpoch()),
        new HybridTimestamp(wire.getAt()));
  }
}
