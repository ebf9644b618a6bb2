package io.trefoil.wire;

import static io.trefoil.wire.Undecodable.because;
import static io.trefoil.wire.Undecodable.unless;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnsafeByteOperations;
import io.trefoil.core.model.Address;
import io.trefoil.core.model.Ballot;
import io.trefoil.core.model.HybridTimestamp;
import io.trefoil.core.model.Key;
import io.trefoil.core.model.NodeId;
import io.trefoil.core.model.OperationKind;
import io.trefoil.core.model.Value;
import io.trefoil.core.model.Version;
import io.trefoil.core.ring.Partitions;
import io.trefoil.wire.proto.ModelProto;
import java.nio.charset.StandardCharsets;

/// The small values that every protocol speaks of.
final class ModelCodec {

  private ModelCodec() {}

  static ModelProto.Ballot encode(Ballot ballot) {
    return ModelProto.Ballot.newBuilder()
        .setEpoch(ballot.epoch())
        .setAt(ballot.at().bits())
        .setNode(ballot.node().bits())
        .setDraw(ballot.draw())
        .build();
  }

  static ModelProto.Ballot encode(Version version) {
    return encode(version.ballot());
  }

  /// A ballot that was drawn, or [Ballot#ZERO].
  static Ballot decode(ModelProto.Ballot wire) throws Undecodable {
    if (wire.getEpoch() > 0) {
      return any(wire);
    }
    boolean zero =
        wire.getEpoch() == 0 && wire.getAt() == 0 && wire.getNode() == 0 && wire.getDraw() == 0;
    unless(zero, "ballot");
    return Ballot.ZERO;
  }

  /// A ballot that was drawn.
  static Ballot drawn(ModelProto.Ballot wire) throws Undecodable {
    unless(wire.getEpoch() > 0, "ballot");
    return any(wire);
  }

  /// A version as a client may have made it up.
  static Version version(ModelProto.Ballot wire) {
    return new Version(any(wire));
  }

  private static Ballot any(ModelProto.Ballot wire) {
    return new Ballot(
        wire.getEpoch(),
        new HybridTimestamp(wire.getAt()),
        new NodeId(wire.getNode()),
        wire.getDraw());
  }

  static Key key(String text) throws Undecodable {
    try {
      return new Key(text);
    } catch (IllegalArgumentException _) {
      throw because("key");
    }
  }

  static int partition(int wire) throws Undecodable {
    unless(wire >= 0 && wire < Partitions.MAX_COUNT, "partition");
    return wire;
  }

  static long epoch(long wire) throws Undecodable {
    unless(wire >= 0, "epoch");
    return wire;
  }

  static NodeId node(long wire) throws Undecodable {
    unless(wire != 0, "node");
    return new NodeId(wire);
  }

  /// A name, a zone or the like; may be empty.
  static String name(String wire) throws Undecodable {
    unless(isShort(wire), "name");
    return wire;
  }

  private static boolean isShort(String text) {
    return text.length() * 3 <= Limits.NAME_BYTES
        || text.getBytes(StandardCharsets.UTF_8).length <= Limits.NAME_BYTES;
  }

  static int weight(int wire) throws Undecodable {
    unless(wire > 0, "weight");
    return wire;
  }

  static ModelProto.Address encode(Address address) {
    return ModelProto.Address.newBuilder().setHost(address.host()).setPort(address.port()).build();
  }

  static Address decode(ModelProto.Address wire) throws Undecodable {
    unless(!wire.getHost().isEmpty() && isShort(wire.getHost()), "address");
    unless(wire.getPort() > 0 && wire.getPort() <= 0xffff, "address");
    return new Address(wire.getHost(), wire.getPort());
  }

  /// The bytes are shared, not copied.
  static ModelProto.Value encode(Value value) {
    var wire =
        ModelProto.Value.newBuilder().setOctets(UnsafeByteOperations.unsafeWrap(value.bytes()));
    if (!value.contentType().equals(Value.OCTETS)) {
      wire.setContentType(value.contentType());
    }
    return wire.build();
  }

  static Value decode(ModelProto.Value wire) throws Undecodable {
    ByteString octets = wire.getOctets();
    unless(octets.size() <= Limits.VALUE_BYTES, "value");
    return new Value(
        octets.toByteArray(), wire.hasContentType() ? wire.getContentType() : Value.OCTETS);
  }

  static ModelProto.OperationKind encode(OperationKind kind) {
    return switch (kind) {
      case CREATE -> ModelProto.OperationKind.OPERATION_KIND_CREATE;
      case READ -> ModelProto.OperationKind.OPERATION_KIND_READ;
      case UPDATE -> ModelProto.OperationKind.OPERATION_KIND_UPDATE;
      case WRITE -> ModelProto.OperationKind.OPERATION_KIND_WRITE;
      case DELETE -> ModelProto.OperationKind.OPERATION_KIND_DELETE;
      case INSPECT -> ModelProto.OperationKind.OPERATION_KIND_INSPECT;
      case REPAIR -> ModelProto.OperationKind.OPERATION_KIND_REPAIR;
    };
  }

  static OperationKind decode(ModelProto.OperationKind wire) throws Undecodable {
    return switch (wire) {
      case OPERATION_KIND_CREATE -> OperationKind.CREATE;
      case OPERATION_KIND_READ -> OperationKind.READ;
      case OPERATION_KIND_UPDATE -> OperationKind.UPDATE;
      case OPERATION_KIND_WRITE -> OperationKind.WRITE;
      case OPERATION_KIND_DELETE -> OperationKind.DELETE;
      case OPERATION_KIND_REPAIR -> OperationKind.REPAIR;
      case OPERATION_KIND_INSPECT -> OperationKind.INSPECT;
      case UNRECOGNIZED -> throw Undecodable.newer();
      case OPERATION_KIND_UNSPECIFIED -> throw because("kind");
    };
  }
}
