package io.trefoil.wire;

import io.trefoil.core.map.MapMessage.Accept;
import io.trefoil.core.map.MapMessage.Accepted;
import io.trefoil.core.map.MapMessage.OfSynod;
import io.trefoil.core.map.MapMessage.Outbid;
import io.trefoil.core.map.MapMessage.Prepare;
import io.trefoil.core.map.MapMessage.Promised;
import io.trefoil.wire.proto.MapProto;

/// How a later map is decided.
final class SynodCodec {

  private SynodCodec() {}

  static void encode(OfSynod word, MapProto.MapMessage.Builder wire) {
    switch (word) {
      case Prepare prepare -> wire.setPrepare(encode(prepare));
      case Promised promised -> wire.setPromised(encode(promised));
      case Accept accept -> wire.setAccept(encode(accept));
      case Accepted accepted -> wire.setAccepted(encode(accepted));
      case Outbid outbid -> wire.setOutbid(encode(outbid));
    }
  }

  private static MapProto.MapPrepare encode(Prepare prepare) {
    return MapProto.MapPrepare.newBuilder()
        .setEpoch(prepare.epoch())
        .setBallot(MapCodec.encode(prepare.ballot()))
        .build();
  }

  static Prepare decode(MapProto.MapPrepare wire) throws Undecodable {
    return new Prepare(ModelCodec.epoch(wire.getEpoch()), MapCodec.decode(wire.getBallot()));
  }

  private static MapProto.MapPromised encode(Promised promised) {
    var wire =
        MapProto.MapPromised.newBuilder()
            .setEpoch(promised.epoch())
            .setBallot(MapCodec.encode(promised.ballot()))
            .setAccepted(MapCodec.encode(promised.accepted()));
    promised.proposal().ifPresent(map -> wire.setProposal(ClusterMapCodec.encode(map)));
    return wire.build();
  }

  static Promised decode(MapProto.MapPromised wire) throws Undecodable {
    return new Promised(
        ModelCodec.epoch(wire.getEpoch()),
        MapCodec.decode(wire.getBallot()),
        MapCodec.decode(wire.getAccepted()),
        MapCodec.proposal(wire.hasProposal(), wire.getProposal()));
  }

  private static MapProto.MapAccept encode(Accept accept) {
    return MapProto.MapAccept.newBuilder()
        .setEpoch(accept.epoch())
        .setBallot(MapCodec.encode(accept.ballot()))
        .setMap(ClusterMapCodec.encode(accept.map()))
        .build();
  }

  static Accept decode(MapProto.MapAccept wire) throws Undecodable {
    return new Accept(
        ModelCodec.epoch(wire.getEpoch()),
        MapCodec.decode(wire.getBallot()),
        ClusterMapCodec.decode(wire.getMap()));
  }

  private static MapProto.MapAccepted encode(Accepted accepted) {
    return MapProto.MapAccepted.newBuilder()
        .setEpoch(accepted.epoch())
        .setBallot(MapCodec.encode(accepted.ballot()))
        .build();
  }

  static Accepted decode(MapProto.MapAccepted wire) throws Undecodable {
    return new Accepted(ModelCodec.epoch(wire.getEpoch()), MapCodec.decode(wire.getBallot()));
  }

  private static MapProto.MapOutbid encode(Outbid outbid) {
    return MapProto.MapOutbid.newBuilder()
        .setEpoch(outbid.epoch())
        .setBallot(MapCodec.encode(outbid.ballot()))
        .setPromised(MapCodec.encode(outbid.promised()))
        .build();
  }

  static Outbid decode(MapProto.MapOutbid wire) throws Undecodable {
    return new Outbid(
        ModelCodec.epoch(wire.getEpoch()),
        MapCodec.decode(wire.getBallot()),
        MapCodec.decode(wire.getPromised()));
  }
}
