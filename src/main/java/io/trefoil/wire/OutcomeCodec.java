package io.trefoil.wire;

import static io.trefoil.wire.Undecodable.unless;

import io.trefoil.core.model.Holding;
import io.trefoil.core.model.NodeId;
import io.trefoil.core.model.Outcome;
import io.trefoil.core.model.Outcome.Reason;
import io.trefoil.wire.proto.ModelProto;
import java.util.ArrayList;

/// How operations ended, as one node tells another.
final class OutcomeCodec {

  private OutcomeCodec() {}

  static ModelProto.Outcome encode(Outcome outcome) {
    var wire = ModelProto.Outcome.newBuilder();
    switch (outcome) {
      case Outcome.Found found -> wire.setFound(encode(found));
      case Outcome.Inspected inspected -> wire.setInspected(encode(inspected));
      case Outcome.Done done -> wire.setDone(encode(done));
      case Outcome.Refused refused -> wire.setRefused(encode(refused));
      case Outcome.NotDone(Reason reason) -> wire.setNotDone(encode(reason));
      case Outcome.Unknown(Reason reason) -> wire.setUnknown(encode(reason));
    }
    return wire.build();
  }

  static Outcome decode(ModelProto.Outcome wire) throws Undecodable {
    return switch (wire.getOutcomeCase()) {
      case FOUND -> decode(wire.getFound());
      case DONE -> decode(wire.getDone());
      case REFUSED -> decode(wire.getRefused());
      case NOT_DONE -> new Outcome.NotDone(decode(wire.getNotDone()));
      case UNKNOWN -> new Outcome.Unknown(decode(wire.getUnknown()));
      case INSPECTED -> decode(wire.getInspected());
      case OUTCOME_NOT_SET -> throw Undecodable.newer();
    };
  }

  private static ModelProto.Outcome.Found encode(Outcome.Found found) {
    var wire = ModelProto.Outcome.Found.newBuilder();
    found.record().ifPresent(record -> wire.setRecord(RecordCodec.encode(record)));
    return wire.build();
  }

  private static Outcome.Found decode(ModelProto.Outcome.Found wire) throws Undecodable {
    return new Outcome.Found(RecordCodec.decode(wire.hasRecord(), wire.getRecord()));
  }

  private static ModelProto.Outcome.Inspected encode(Outcome.Inspected inspected) {
    var wire = ModelProto.Outcome.Inspected.newBuilder();
    for (Holding holding : inspected.holdings()) {
      var each =
          ModelProto.Outcome.Holding.newBuilder()
              .setNode(holding.node().bits())
              .setAccepted(ModelCodec.encode(holding.accepted()));
      holding.record().ifPresent(record -> each.setRecord(RecordCodec.encode(record)));
      wire.addHoldings(each);
    }
    return wire.build();
  }

  private static Outcome.Inspected decode(ModelProto.Outcome.Inspected wire) throws Undecodable {
    var holdings = new ArrayList<Holding>(wire.getHoldingsCount());
    for (ModelProto.Outcome.Holding each : wire.getHoldingsList()) {
      holdings.add(
          new Holding(
              ModelCodec.node(each.getNode()),
              ModelCodec.decode(each.getAccepted()),
              RecordCodec.decode(each.hasRecord(), each.getRecord())));
    }
    return new Outcome.Inspected(holdings);
  }

  private static ModelProto.Outcome.Done encode(Outcome.Done done) {
    return ModelProto.Outcome.Done.newBuilder()
        .setVersion(ModelCodec.encode(done.version()))
        .setAcknowledgements(done.acknowledgements())
        .build();
  }

  private static Outcome.Done decode(ModelProto.Outcome.Done wire) throws Undecodable {
    unless(wire.getAcknowledgements() >= 0, "acknowledgements");
    return new Outcome.Done(RecordCodec.version(wire.getVersion()), wire.getAcknowledgements());
  }

  private static ModelProto.Outcome.Refused encode(Outcome.Refused refused) {
    var wire = ModelProto.Outcome.Refused.newBuilder();
    refused.current().ifPresent(record -> wire.setCurrent(RecordCodec.encode(record)));
    return wire.build();
  }

  private static Outcome.Refused decode(ModelProto.Outcome.Refused wire) throws Undecodable {
    return new Outcome.Refused(RecordCodec.decode(wire.hasCurrent(), wire.getCurrent()));
  }

  private static ModelProto.Reason encode(Reason reason) {
    var wire = ModelProto.Reason.newBuilder();
    switch (reason) {
      case Reason.NoQuorum noQuorum -> wire.setNoQuorum(encode(noQuorum));
      case Reason.Contended _ ->
          wire.setContended(ModelProto.Reason.Contended.getDefaultInstance());
      case Reason.NotReady _ -> wire.setNotReady(ModelProto.Reason.NotReady.getDefaultInstance());
      case Reason.Overloaded _ ->
          wire.setOverloaded(ModelProto.Reason.Overloaded.getDefaultInstance());
      case Reason.Forgotten _ ->
          wire.setForgotten(ModelProto.Reason.Forgotten.getDefaultInstance());
    }
    return wire.build();
  }

  private static Reason decode(ModelProto.Reason wire) throws Undecodable {
    return switch (wire.getReasonCase()) {
      case NO_QUORUM -> decode(wire.getNoQuorum());
      case CONTENDED -> new Reason.Contended();
      case NOT_READY -> new Reason.NotReady();
      case OVERLOADED -> new Reason.Overloaded();
      case FORGOTTEN -> new Reason.Forgotten();
      case REASON_NOT_SET -> throw Undecodable.newer();
    };
  }

  private static ModelProto.Reason.NoQuorum encode(Reason.NoQuorum reason) {
    var wire = ModelProto.Reason.NoQuorum.newBuilder();
    for (NodeId node : reason.missing()) {
      wire.addMissing(node.bits());
    }
    return wire.build();
  }

  private static Reason.NoQuorum decode(ModelProto.Reason.NoQuorum wire) throws Undecodable {
    var missing = new ArrayList<NodeId>(wire.getMissingCount());
    for (int i = 0; i < wire.getMissingCount(); i++) {
      missing.add(ModelCodec.node(wire.getMissing(i)));
    }
    return new Reason.NoQuorum(missing);
  }
}
