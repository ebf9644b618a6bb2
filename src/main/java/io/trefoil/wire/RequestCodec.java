package io.trefoil.wire;

import static io.trefoil.wire.Undecodable.because;
import static io.trefoil.wire.Undecodable.unless;

import io.trefoil.core.model.Condition;
import io.trefoil.core.model.Consistency;
import io.trefoil.core.model.Key;
import io.trefoil.core.model.Operation;
import io.trefoil.core.model.Request;
import io.trefoil.core.model.Version;
import io.trefoil.wire.proto.ModelProto;
import java.util.ArrayList;

/// Clients' operations, as one node hands them to another.
final class RequestCodec {

  private RequestCodec() {}

  static ModelProto.Request encode(Request request) {
    var wire =
        ModelProto.Request.newBuilder()
            .setAck(encode(request.ack()))
            .setIdempotency(request.idempotency())
            .setTimeoutMillis(request.timeoutMillis());
    switch (request.operation()) {
      case Operation.Get get -> wire.setGet(encode(get));
      case Operation.Put put -> wire.setPut(encode(put));
      case Operation.Delete delete -> wire.setDelete(encode(delete));
      case Operation.Inspect(Key key) ->
          wire.setInspect(ModelProto.Request.Inspect.newBuilder().setKey(key.text()));
    }
    return wire.build();
  }

  static Request decode(ModelProto.Request wire) throws Undecodable {
    unless(wire.getTimeoutMillis() > 0, "timeout");
    return new Request(
        operation(wire), ack(wire.getAck()), wire.getIdempotency(), wire.getTimeoutMillis());
  }

  private static Operation operation(ModelProto.Request wire) throws Undecodable {
    return switch (wire.getOperationCase()) {
      case GET -> decode(wire.getGet());
      case PUT -> decode(wire.getPut());
      case DELETE -> decode(wire.getDelete());
      case INSPECT -> new Operation.Inspect(ModelCodec.key(wire.getInspect().getKey()));
      case OPERATION_NOT_SET -> throw Undecodable.newer();
    };
  }

  private static ModelProto.Request.Get encode(Operation.Get get) {
    return ModelProto.Request.Get.newBuilder()
        .setKey(get.key().text())
        .setConsistency(
            switch (get.consistency()) {
              case LINEARIZABLE -> ModelProto.Request.Consistency.CONSISTENCY_LINEARIZABLE;
              case ONE -> ModelProto.Request.Consistency.CONSISTENCY_ONE;
            })
        .build();
  }

  private static Operation.Get decode(ModelProto.Request.Get wire) throws Undecodable {
    Consistency consistency =
        switch (wire.getConsistency()) {
          case CONSISTENCY_LINEARIZABLE -> Consistency.LINEARIZABLE;
          case CONSISTENCY_ONE -> Consistency.ONE;
          case UNRECOGNIZED -> throw Undecodable.newer();
          case CONSISTENCY_UNSPECIFIED -> throw because("consistency");
        };
    return new Operation.Get(ModelCodec.key(wire.getKey()), consistency);
  }

  private static ModelProto.Request.Put encode(Operation.Put put) {
    return ModelProto.Request.Put.newBuilder()
        .setKey(put.key().text())
        .setValue(ModelCodec.encode(put.value()))
        .setCondition(encode(put.condition()))
        .build();
  }

  private static Operation.Put decode(ModelProto.Request.Put wire) throws Undecodable {
    unless(wire.hasValue(), "value");
    return new Operation.Put(
        ModelCodec.key(wire.getKey()),
        ModelCodec.decode(wire.getValue()),
        decode(wire.getCondition()));
  }

  private static ModelProto.Request.Delete encode(Operation.Delete delete) {
    return ModelProto.Request.Delete.newBuilder()
        .setKey(delete.key().text())
        .setCondition(encode(delete.condition()))
        .build();
  }

  private static Operation.Delete decode(ModelProto.Request.Delete wire) throws Undecodable {
    return new Operation.Delete(ModelCodec.key(wire.getKey()), decode(wire.getCondition()));
  }

  private static ModelProto.Request.Ack encode(Request.Ack ack) {
    return switch (ack) {
      case QUORUM -> ModelProto.Request.Ack.ACK_QUORUM;
      case ALL -> ModelProto.Request.Ack.ACK_ALL;
    };
  }

  private static Request.Ack ack(ModelProto.Request.Ack wire) throws Undecodable {
    return switch (wire) {
      case ACK_QUORUM -> Request.Ack.QUORUM;
      case ACK_ALL -> Request.Ack.ALL;
      case UNRECOGNIZED -> throw Undecodable.newer();
      case ACK_UNSPECIFIED -> throw because("ack");
    };
  }

  static ModelProto.Condition encode(Condition condition) {
    var wire = ModelProto.Condition.newBuilder();
    switch (condition) {
      case Condition.Always _ -> wire.setAlways(ModelProto.Condition.Always.getDefaultInstance());
      case Condition.Absent _ -> wire.setAbsent(ModelProto.Condition.Absent.getDefaultInstance());
      case Condition.Present _ ->
          wire.setPresent(ModelProto.Condition.Present.getDefaultInstance());
      case Condition.VersionIn versionIn -> wire.setVersionIn(encode(versionIn));
    }
    return wire.build();
  }

  private static ModelProto.Condition.VersionIn encode(Condition.VersionIn condition) {
    var wire = ModelProto.Condition.VersionIn.newBuilder();
    for (Version version : condition.versions()) {
      wire.addVersions(ModelCodec.encode(version));
    }
    return wire.build();
  }

  static Condition decode(ModelProto.Condition wire) throws Undecodable {
    return switch (wire.getConditionCase()) {
      case ALWAYS -> new Condition.Always();
      case ABSENT -> new Condition.Absent();
      case PRESENT -> new Condition.Present();
      case VERSION_IN -> decode(wire.getVersionIn());
      case CONDITION_NOT_SET -> throw Undecodable.newer();
    };
  }

  private static Condition.VersionIn decode(ModelProto.Condition.VersionIn wire)
      throws Undecodable {
    unless(wire.getVersionsCount() > 0, "condition");
    var versions = new ArrayList<Version>(wire.getVersionsCount());
    for (ModelProto.Ballot version : wire.getVersionsList()) {
      versions.add(ModelCodec.version(version));
    }
    return new Condition.VersionIn(versions);
  }
}
