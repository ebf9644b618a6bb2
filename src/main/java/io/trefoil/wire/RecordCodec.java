package io.trefoil.wire;

import static io.trefoil.wire.Undecodable.unless;

import io.trefoil.core.model.Record;
import io.trefoil.core.model.Remembered;
import io.trefoil.core.model.Value;
import io.trefoil.core.model.Version;
import io.trefoil.wire.proto.ModelProto;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Records: what registers hold, on the wire and on disk alike.
final class RecordCodec {

  private RecordCodec() {}

  static ModelProto.Record encode(Record record) {
    var wire =
        ModelProto.Record.newBuilder()
            .setVersion(ModelCodec.encode(record.version()))
            .setExpiresAtMillis(record.expiresAtMillis());
    record.value().ifPresent(value -> wire.setValue(ModelCodec.encode(value)));
    for (Remembered remembered : record.memory()) {
      wire.addMemory(
          ModelProto.Remembered.newBuilder()
              .setIdempotency(remembered.idempotency())
              .setVersion(ModelCodec.encode(remembered.version())));
    }
    return wire.build();
  }

  static Optional<Record> decode(boolean present, ModelProto.Record wire) throws Undecodable {
    return present ? Optional.of(decode(wire)) : Optional.empty();
  }

  static Record decode(ModelProto.Record wire) throws Undecodable {
    unless(wire.hasVersion(), "record");
    unless(wire.getExpiresAtMillis() >= 0, "expiry");
    Optional<Value> value =
        wire.hasValue() ? Optional.of(ModelCodec.decode(wire.getValue())) : Optional.empty();
    return new Record(version(wire.getVersion()), value, wire.getExpiresAtMillis(), memory(wire));
  }

  private static List<Remembered> memory(ModelProto.Record wire) throws Undecodable {
    if (wire.getMemoryCount() == 0) {
      return List.of();
    }
    var memory = new ArrayList<Remembered>(wire.getMemoryCount());
    for (ModelProto.Remembered remembered : wire.getMemoryList()) {
      unless(remembered.getIdempotency() != 0, "idempotency");
      memory.add(new Remembered(remembered.getIdempotency(), version(remembered.getVersion())));
    }
    return memory;
  }

  /// The version of a write, which was drawn.
  static Version version(ModelProto.Ballot wire) throws Undecodable {
    return new Version(ModelCodec.decode(wire));
  }
}
