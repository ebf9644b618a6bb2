package io.trefoil.wire;

import static io.trefoil.wire.Undecodable.unless;

import io.trefoil.core.model.Ballot;
import io.trefoil.core.register.Intent;
import io.trefoil.core.register.Recollection;
import io.trefoil.core.register.Recollection.Acceptance;
import io.trefoil.core.register.RegisterMessage.Prepare;
import io.trefoil.core.register.RegisterMessage.Promised;
import io.trefoil.wire.proto.RegisterProto;
import java.util.Optional;

/// Prepares and promises, the two registers' messages that say the most.
final class PromiseCodec {

  private PromiseCodec() {}

  static RegisterProto.Prepare encode(Prepare prepare) {
    return RegisterProto.Prepare.newBuilder()
        .setExchange(RegisterCodec.encode(prepare.exchange()))
        .setSubject(RegisterCodec.encode(prepare.subject()))
        .setBallot(ModelCodec.encode(prepare.ballot()))
        .setIntent(encode(prepare.intent()))
        .build();
  }

  static Prepare decode(RegisterProto.Prepare wire) throws Undecodable {
    return new Prepare(
        RegisterCodec.decode(wire.getExchange()),
        RegisterCodec.decode(wire.getSubject()),
        ModelCodec.drawn(wire.getBallot()),
        decode(wire.getIntent()));
  }

  private static RegisterProto.Intent encode(Intent intent) {
    return RegisterProto.Intent.newBuilder()
        .setKind(ModelCodec.encode(intent.kind()))
        .setCondition(RequestCodec.encode(intent.condition()))
        .setVersion(ModelCodec.encode(intent.version()))
        .setIdempotency(intent.idempotency())
        .build();
  }

  private static Intent decode(RegisterProto.Intent wire) throws Undecodable {
    return new Intent(
        ModelCodec.decode(wire.getKind()),
        RequestCodec.decode(wire.getCondition()),
        RecordCodec.version(wire.getVersion()),
        wire.getIdempotency());
  }

  static RegisterProto.Promised encode(Promised promised) {
    var wire =
        RegisterProto.Promised.newBuilder()
            .setExchange(RegisterCodec.encode(promised.exchange()))
            .setAccepted(ModelCodec.encode(promised.accepted()))
            .setFloor(ModelCodec.encode(promised.floor()))
            .setRecollection(encode(promised.recollection()));
    promised.record().ifPresent(record -> wire.setRecord(RecordCodec.encode(record)));
    return wire.build();
  }

  static Promised decode(RegisterProto.Promised wire) throws Undecodable {
    return new Promised(
        RegisterCodec.decode(wire.getExchange()),
        ModelCodec.decode(wire.getAccepted()),
        RecordCodec.decode(wire.hasRecord(), wire.getRecord()),
        ModelCodec.decode(wire.getFloor()),
        decode(wire.getRecollection()));
  }

  private static RegisterProto.Recollection encode(Recollection recollection) {
    var wire = RegisterProto.Recollection.newBuilder();
    recollection.accepted().map(ModelCodec::encode).ifPresent(wire::setAccepted);
    if (recollection.spanMillis() != Long.MAX_VALUE) {
      wire.setSpanMillis(recollection.spanMillis());
    }
    recollection
        .sameKey()
        .ifPresent(
            same ->
                wire.setSameKey(ModelCodec.encode(same.version()))
                    .setSameKeyBallot(ModelCodec.encode(same.ballot())));
    return wire.build();
  }

  private static Recollection decode(RegisterProto.Recollection wire) throws Undecodable {
    unless(wire.getSpanMillis() >= 0, "span");
    Optional<Acceptance> sameKey =
        wire.hasSameKey() ? Optional.of(acceptance(wire)) : Optional.empty();
    Optional<Ballot> accepted =
        wire.hasAccepted() ? Optional.of(ModelCodec.drawn(wire.getAccepted())) : Optional.empty();
    return new Recollection(
        accepted, sameKey, wire.hasSpanMillis() ? wire.getSpanMillis() : Long.MAX_VALUE);
  }

  private static Acceptance acceptance(RegisterProto.Recollection wire) throws Undecodable {
    return new Acceptance(
        RecordCodec.version(wire.getSameKey()), ModelCodec.drawn(wire.getSameKeyBallot()));
  }
}
