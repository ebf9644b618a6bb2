package io.trefoil.wire;

import static io.trefoil.wire.Undecodable.unless;

import com.google.protobuf.ByteString;
import io.trefoil.core.membership.Digest;
import io.trefoil.core.membership.MembershipMessage;
import io.trefoil.core.membership.MembershipMessage.Ack;
import io.trefoil.core.membership.MembershipMessage.Compare;
import io.trefoil.core.membership.MembershipMessage.Differ;
import io.trefoil.core.membership.MembershipMessage.Gossip;
import io.trefoil.core.membership.MembershipMessage.Join;
import io.trefoil.core.membership.MembershipMessage.Nack;
import io.trefoil.core.membership.MembershipMessage.Ping;
import io.trefoil.core.membership.MembershipMessage.Reconcile;
import io.trefoil.core.membership.MembershipMessage.Relay;
import io.trefoil.core.membership.MembershipMessage.Welcome;
import io.trefoil.core.membership.MembershipMessage.WrongTarget;
import io.trefoil.core.model.Peer;
import io.trefoil.wire.proto.MembershipProto;
import java.util.ArrayList;
import java.util.List;

/// What members say to each other.
final class MembershipCodec {

  private MembershipCodec() {}

  static MembershipProto.MembershipMessage encode(MembershipMessage message) {
    var wire = MembershipProto.MembershipMessage.newBuilder();
    switch (message) {
      case Ping ping -> wire.setPing(encode(ping));
      case Ack ack -> wire.setAck(encode(ack));
      case Relay relay -> wire.setRelay(encode(relay));
      case Nack(long number) -> wire.setNack(MembershipProto.Nack.newBuilder().setNumber(number));
      case WrongTarget wrongTarget -> wire.setWrongTarget(encode(wrongTarget));
      case Gossip gossip -> wire.setGossip(encode(gossip));
      case Join join -> wire.setJoin(encode(join));
      case Welcome welcome -> wire.setWelcome(encode(welcome));
      case Compare compare -> wire.setCompare(encode(compare));
      case Differ differ -> wire.setDiffer(encode(differ));
      case Reconcile reconcile -> wire.setReconcile(encode(reconcile));
    }
    return wire.build();
  }

  static MembershipMessage decode(MembershipProto.MembershipMessage wire) throws Undecodable {
    return switch (wire.getBodyCase()) {
      case PING -> decode(wire.getPing());
      case ACK -> decode(wire.getAck());
      case RELAY -> decode(wire.getRelay());
      case NACK -> new Nack(wire.getNack().getNumber());
      case WRONG_TARGET -> decode(wire.getWrongTarget());
      case GOSSIP -> new Gossip(ClaimCodec.decode(wire.getGossip().getClaimsList()));
      case JOIN -> decode(wire.getJoin());
      case WELCOME -> decode(wire.getWelcome());
      case COMPARE -> decode(wire.getCompare());
      case DIFFER -> decode(wire.getDiffer());
      case RECONCILE -> new Reconcile(ClaimCodec.decode(wire.getReconcile().getClaimsList()));
      case BODY_NOT_SET -> throw Undecodable.newer();
    };
  }

  private static MembershipProto.Ping encode(Ping ping) {
    return MembershipProto.Ping.newBuilder()
        .setNumber(ping.number())
        .setTarget(ping.target().bits())
        .setSender(ClaimCodec.encode(ping.sender()))
        .addAllClaims(ClaimCodec.encode(ping.claims()))
        .build();
  }

  private static Ping decode(MembershipProto.Ping wire) throws Undecodable {
    return new Ping(
        wire.getNumber(),
        ModelCodec.node(wire.getTarget()),
        ClaimCodec.decode(wire.getSender()),
        ClaimCodec.decode(wire.getClaimsList()));
  }

  private static MembershipProto.Ack encode(Ack ack) {
    return MembershipProto.Ack.newBuilder()
        .setNumber(ack.number())
        .setResponder(ClaimCodec.encode(ack.responder()))
        .addAllClaims(ClaimCodec.encode(ack.claims()))
        .build();
  }

  private static Ack decode(MembershipProto.Ack wire) throws Undecodable {
    return new Ack(
        wire.getNumber(),
        ClaimCodec.decode(wire.getResponder()),
        ClaimCodec.decode(wire.getClaimsList()));
  }

  private static MembershipProto.Relay encode(Relay relay) {
    return MembershipProto.Relay.newBuilder()
        .setNumber(relay.number())
        .setTarget(relay.target().id().bits())
        .setAddress(ModelCodec.encode(relay.target().address()))
        .setPatienceMillis(relay.patience().toMillis())
        .addAllClaims(ClaimCodec.encode(relay.claims()))
        .build();
  }

  private static Relay decode(MembershipProto.Relay wire) throws Undecodable {
    return new Relay(
        wire.getNumber(),
        new Peer(ModelCodec.node(wire.getTarget()), ModelCodec.decode(wire.getAddress())),
        ClaimCodec.duration(wire.getPatienceMillis()),
        ClaimCodec.decode(wire.getClaimsList()));
  }

  private static MembershipProto.WrongTarget encode(WrongTarget wrongTarget) {
    return MembershipProto.WrongTarget.newBuilder()
        .setNumber(wrongTarget.number())
        .setMeant(wrongTarget.meant().bits())
        .setSender(ClaimCodec.encode(wrongTarget.sender()))
        .build();
  }

  private static WrongTarget decode(MembershipProto.WrongTarget wire) throws Undecodable {
    return new WrongTarget(
        wire.getNumber(), ModelCodec.node(wire.getMeant()), ClaimCodec.decode(wire.getSender()));
  }

  private static MembershipProto.Gossip encode(Gossip gossip) {
    return MembershipProto.Gossip.newBuilder()
        .addAllClaims(ClaimCodec.encode(gossip.claims()))
        .build();
  }

  private static MembershipProto.Join encode(Join join) {
    return MembershipProto.Join.newBuilder()
        .setNumber(join.number())
        .setSender(ClaimCodec.encode(join.sender()))
        .build();
  }

  private static Join decode(MembershipProto.Join wire) throws Undecodable {
    return new Join(wire.getNumber(), ClaimCodec.decode(wire.getSender()));
  }

  private static MembershipProto.Welcome encode(Welcome welcome) {
    return MembershipProto.Welcome.newBuilder()
        .setNumber(welcome.number())
        .setSender(ClaimCodec.encode(welcome.sender()))
        .addAllClaims(ClaimCodec.encode(welcome.claims()))
        .build();
  }

  private static Welcome decode(MembershipProto.Welcome wire) throws Undecodable {
    return new Welcome(
        wire.getNumber(),
        ClaimCodec.decode(wire.getSender()),
        ClaimCodec.decode(wire.getClaimsList()));
  }

  private static MembershipProto.Compare encode(Compare compare) {
    var wire = MembershipProto.Compare.newBuilder();
    for (int bucket = 0; bucket < Digest.BUCKETS; bucket++) {
      wire.addSums(compare.digest().sum(bucket));
    }
    return wire.build();
  }

  private static Compare decode(MembershipProto.Compare wire) throws Undecodable {
    unless(wire.getSumsCount() == Digest.BUCKETS, "digest");
    var sums = new int[Digest.BUCKETS];
    for (int bucket = 0; bucket < sums.length; bucket++) {
      sums[bucket] = wire.getSums(bucket);
    }
    return new Compare(new Digest(sums));
  }

  private static MembershipProto.Differ encode(Differ differ) {
    var buckets = new byte[differ.buckets().size()];
    for (int i = 0; i < buckets.length; i++) {
      buckets[i] = differ.buckets().get(i).byteValue();
    }
    return MembershipProto.Differ.newBuilder()
        .setBuckets(ByteString.copyFrom(buckets))
        .addAllClaims(ClaimCodec.encode(differ.claims()))
        .build();
  }

  private static Differ decode(MembershipProto.Differ wire) throws Undecodable {
    return new Differ(buckets(wire.getBuckets()), ClaimCodec.decode(wire.getClaimsList()));
  }

  private static List<Integer> buckets(ByteString wire) throws Undecodable {
    unless(wire.size() <= Digest.BUCKETS, "buckets");
    var buckets = new ArrayList<Integer>(wire.size());
    int last = -1;
    for (int i = 0; i < wire.size(); i++) {
      int bucket = Byte.toUnsignedInt(wire.byteAt(i));
      unless(bucket > last, "buckets");
      buckets.add(bucket);
      last = bucket;
    }
    return buckets;
  }

  private static MembershipProto.Reconcile encode(Reconcile reconcile) {
    return MembershipProto.Reconcile.newBuilder()
        .addAllClaims(ClaimCodec.encode(reconcile.claims()))
        .build();
  }
}
