package io.trefoil.wire;

import static io.trefoil.wire.Undecodable.because;
import static io.trefoil.wire.Undecodable.unless;

import io.trefoil.core.register.Exchange;
import io.trefoil.core.register.RegisterMessage;
import io.trefoil.core.register.RegisterMessage.Accept;
import io.trefoil.core.register.RegisterMessage.Accepted;
import io.trefoil.core.register.RegisterMessage.Delegate;
import io.trefoil.core.register.RegisterMessage.Delegated;
import io.trefoil.core.register.RegisterMessage.Footing;
import io.trefoil.core.register.RegisterMessage.Outbid;
import io.trefoil.core.register.RegisterMessage.Prepare;
import io.trefoil.core.register.RegisterMessage.Promised;
import io.trefoil.core.register.RegisterMessage.Read;
import io.trefoil.core.register.RegisterMessage.Reported;
import io.trefoil.core.register.RegisterMessage.Settle;
import io.trefoil.core.register.RegisterMessage.Settled;
import io.trefoil.core.register.RegisterMessage.TooFarAhead;
import io.trefoil.core.register.RegisterMessage.WrongEpoch;
import io.trefoil.core.register.Subject;
import io.trefoil.wire.proto.RegisterProto;
import java.util.ArrayList;

/// What coordinators and replicas say to each other.
final class RegisterCodec {

  private RegisterCodec() {}

  static RegisterProto.RegisterMessage encode(RegisterMessage message) {
    var wire = RegisterProto.RegisterMessage.newBuilder();
    switch (message) {
      case Read read -> wire.setRead(encode(read));
      case Reported reported -> wire.setReported(encode(reported));
      case Prepare prepare -> wire.setPrepare(PromiseCodec.encode(prepare));
      case Promised promised -> wire.setPromised(PromiseCodec.encode(promised));
      case Accept accept -> wire.setAccept(encode(accept));
      case Accepted accepted -> wire.setAccepted(encode(accepted));
      case Outbid outbid -> wire.setOutbid(encode(outbid));
      case TooFarAhead tooFarAhead -> wire.setTooFarAhead(encode(tooFarAhead));
      case WrongEpoch wrongEpoch -> wire.setWrongEpoch(encode(wrongEpoch));
      case Settle settle -> wire.setSettle(encode(settle));
      case Delegate delegate -> wire.setDelegate(encode(delegate));
      case Delegated delegated -> wire.setDelegated(encode(delegated));
    }
    return wire.build();
  }

  static RegisterMessage decode(RegisterProto.RegisterMessage wire) throws Undecodable {
    return switch (wire.getBodyCase()) {
      case READ -> decode(wire.getRead());
      case REPORTED -> decode(wire.getReported());
      case PREPARE -> PromiseCodec.decode(wire.getPrepare());
      case PROMISED -> PromiseCodec.decode(wire.getPromised());
      case ACCEPT -> decode(wire.getAccept());
      case ACCEPTED -> new Accepted(decode(wire.getAccepted().getExchange()));
      case OUTBID -> decode(wire.getOutbid());
      case TOO_FAR_AHEAD -> decode(wire.getTooFarAhead());
      case WRONG_EPOCH -> decode(wire.getWrongEpoch());
      case SETTLE -> decode(wire.getSettle());
      case DELEGATE -> decode(wire.getDelegate());
      case DELEGATED -> decode(wire.getDelegated());
      case BODY_NOT_SET -> throw Undecodable.newer();
    };
  }

  static RegisterProto.Exchange encode(Exchange exchange) {
    return RegisterProto.Exchange.newBuilder()
        .setOperation(exchange.operation())
        .setRound(exchange.round())
        .build();
  }

  static Exchange decode(RegisterProto.Exchange wire) throws Undecodable {
    unless(wire.getRound() > 0, "exchange");
    return new Exchange(wire.getOperation(), wire.getRound());
  }

  static RegisterProto.Subject encode(Subject subject) {
    return RegisterProto.Subject.newBuilder()
        .setKey(subject.key().text())
        .setPartition(subject.partition())
        .setEpoch(subject.epoch())
        .build();
  }

  static Subject decode(RegisterProto.Subject wire) throws Undecodable {
    return new Subject(
        ModelCodec.key(wire.getKey()),
        ModelCodec.partition(wire.getPartition()),
        ModelCodec.epoch(wire.getEpoch()));
  }

  private static RegisterProto.Read encode(Read read) {
    return RegisterProto.Read.newBuilder()
        .setExchange(encode(read.exchange()))
        .setSubject(encode(read.subject()))
        .setKind(ModelCodec.encode(read.kind()))
        .build();
  }

  private static Read decode(RegisterProto.Read wire) throws Undecodable {
    return new Read(
        decode(wire.getExchange()), decode(wire.getSubject()), ModelCodec.decode(wire.getKind()));
  }

  private static RegisterProto.Reported encode(Reported reported) {
    var wire =
        RegisterProto.Reported.newBuilder()
            .setExchange(encode(reported.exchange()))
            .setAccepted(ModelCodec.encode(reported.accepted()));
    reported.record().ifPresent(record -> wire.setRecord(RecordCodec.encode(record)));
    return wire.build();
  }

  private static Reported decode(RegisterProto.Reported wire) throws Undecodable {
    return new Reported(
        decode(wire.getExchange()),
        ModelCodec.decode(wire.getAccepted()),
        RecordCodec.decode(wire.hasRecord(), wire.getRecord()));
  }

  private static RegisterProto.Accept encode(Accept accept) {
    return RegisterProto.Accept.newBuilder()
        .setExchange(encode(accept.exchange()))
        .setSubject(encode(accept.subject()))
        .setBallot(ModelCodec.encode(accept.ballot()))
        .setRecord(RecordCodec.encode(accept.record()))
        .setFooting(encode(accept.footing()))
        .setKind(ModelCodec.encode(accept.kind()))
        .build();
  }

  private static Accept decode(RegisterProto.Accept wire) throws Undecodable {
    return new Accept(
        decode(wire.getExchange()),
        decode(wire.getSubject()),
        ModelCodec.drawn(wire.getBallot()),
        RecordCodec.decode(wire.getRecord()),
        decode(wire.getFooting()),
        ModelCodec.decode(wire.getKind()));
  }

  private static RegisterProto.Accept.Footing encode(Footing footing) {
    return switch (footing) {
      case BLIND -> RegisterProto.Accept.Footing.FOOTING_BLIND;
      case PREPARED -> RegisterProto.Accept.Footing.FOOTING_PREPARED;
    };
  }

  private static Footing decode(RegisterProto.Accept.Footing wire) throws Undecodable {
    return switch (wire) {
      case FOOTING_BLIND -> Footing.BLIND;
      case FOOTING_PREPARED -> Footing.PREPARED;
      case UNRECOGNIZED -> throw Undecodable.newer();
      case FOOTING_UNSPECIFIED -> throw because("footing");
    };
  }

  private static RegisterProto.Accepted encode(Accepted accepted) {
    return RegisterProto.Accepted.newBuilder().setExchange(encode(accepted.exchange())).build();
  }

  private static RegisterProto.Outbid encode(Outbid outbid) {
    return RegisterProto.Outbid.newBuilder()
        .setExchange(encode(outbid.exchange()))
        .setHighest(ModelCodec.encode(outbid.highest()))
        .build();
  }

  private static Outbid decode(RegisterProto.Outbid wire) throws Undecodable {
    return new Outbid(decode(wire.getExchange()), ModelCodec.decode(wire.getHighest()));
  }

  private static RegisterProto.TooFarAhead encode(TooFarAhead tooFarAhead) {
    return RegisterProto.TooFarAhead.newBuilder()
        .setExchange(encode(tooFarAhead.exchange()))
        .setWallMillis(tooFarAhead.wallMillis())
        .build();
  }

  private static TooFarAhead decode(RegisterProto.TooFarAhead wire) throws Undecodable {
    return new TooFarAhead(decode(wire.getExchange()), wire.getWallMillis());
  }

  private static RegisterProto.WrongEpoch encode(WrongEpoch wrongEpoch) {
    return RegisterProto.WrongEpoch.newBuilder()
        .setExchange(encode(wrongEpoch.exchange()))
        .setEpoch(wrongEpoch.epoch())
        .build();
  }

  private static WrongEpoch decode(RegisterProto.WrongEpoch wire) throws Undecodable {
    return new WrongEpoch(decode(wire.getExchange()), ModelCodec.epoch(wire.getEpoch()));
  }

  private static RegisterProto.Settle encode(Settle settle) {
    var wire = RegisterProto.Settle.newBuilder();
    for (Settled settled : settle.settled()) {
      wire.addSettled(
          RegisterProto.Settle.Settled.newBuilder()
              .setKey(settled.key().text())
              .setPartition(settled.partition())
              .setBallot(ModelCodec.encode(settled.ballot())));
    }
    return wire.build();
  }

  private static Settle decode(RegisterProto.Settle wire) throws Undecodable {
    var settled = new ArrayList<Settled>(wire.getSettledCount());
    for (RegisterProto.Settle.Settled each : wire.getSettledList()) {
      settled.add(
          new Settled(
              ModelCodec.key(each.getKey()),
              ModelCodec.partition(each.getPartition()),
              ModelCodec.drawn(each.getBallot())));
    }
    return new Settle(settled);
  }

  private static RegisterProto.Delegate encode(Delegate delegate) {
    return RegisterProto.Delegate.newBuilder()
        .setExchange(encode(delegate.exchange()))
        .setRun(delegate.run())
        .setRequest(RequestCodec.encode(delegate.request()))
        .build();
  }

  private static Delegate decode(RegisterProto.Delegate wire) throws Undecodable {
    unless(wire.getRun() > 0, "run");
    return new Delegate(
        decode(wire.getExchange()), wire.getRun(), RequestCodec.decode(wire.getRequest()));
  }

  private static RegisterProto.Delegated encode(Delegated delegated) {
    return RegisterProto.Delegated.newBuilder()
        .setExchange(encode(delegated.exchange()))
        .setOutcome(OutcomeCodec.encode(delegated.outcome()))
        .build();
  }

  private static Delegated decode(RegisterProto.Delegated wire) throws Undecodable {
    return new Delegated(decode(wire.getExchange()), OutcomeCodec.decode(wire.getOutcome()));
  }
}
