package io.trefoil.wire;

import static io.trefoil.wire.Undecodable.unless;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.MessageLite;
import com.google.protobuf.UnsafeByteOperations;
import io.trefoil.core.map.ClusterMap;
import io.trefoil.core.map.MapWrite.CouncilVote;
import io.trefoil.core.map.MapWrite.GenesisVote;
import io.trefoil.core.model.Ballot;
import io.trefoil.core.model.Register;
import io.trefoil.core.register.PartitionCopy;
import io.trefoil.wire.proto.MapProto;
import io.trefoil.wire.proto.StorageProto;
import java.io.IOException;
import java.io.UncheckedIOException;

/// What a node keeps on disk, to bytes and back: `storage.proto`, after one byte that tells the
/// version of the format.
public final class StorageCodec {

  /// The version of the format written and understood.
  public static final byte FORMAT = 1;

  private StorageCodec() {}

  /// A register's whole state.
  public static byte[] encode(Register register) {
    var wire = StorageProto.StoredRegister.newBuilder();
    if (!register.promised().equals(register.accepted())) {
      wire.setPromised(ModelCodec.encode(register.promised()));
    }
    wire.setAccepted(ModelCodec.encode(register.accepted()));
    register.record().ifPresent(record -> wire.setRecord(RecordCodec.encode(record)));
    return write(wire.build());
  }

  /// A seed's vote.
  public static byte[] encode(GenesisVote vote) {
    var wire =
        StorageProto.StoredVote.newBuilder()
            .setPromised(MapCodec.encode(vote.promised()))
            .setAccepted(MapCodec.encode(vote.accepted()));
    vote.proposal().ifPresent(map -> wire.setProposal(ClusterMapCodec.encode(map)));
    return write(wire.build());
  }

  /// A council member's vote.
  public static byte[] encode(CouncilVote vote) {
    var wire =
        StorageProto.StoredCouncilVote.newBuilder()
            .setEpoch(vote.epoch())
            .setPromised(MapCodec.encode(vote.promised()))
            .setAccepted(MapCodec.encode(vote.accepted()));
    vote.proposal().ifPresent(map -> wire.setProposal(ClusterMapCodec.encode(map)));
    return write(wire.build());
  }

  /// A cluster map.
  public static byte[] encode(ClusterMap map) {
    return write(ClusterMapCodec.encode(map));
  }

  /// What is kept of a partition as a whole.
  public static byte[] encode(PartitionCopy copy) {
    var wire =
        StorageProto.StoredCopy.newBuilder().setPartition(copy.partition()).setEpoch(copy.epoch());
    if (!copy.floor().equals(Ballot.ZERO)) {
      wire.setFloor(ModelCodec.encode(copy.floor()));
    }
    return write(wire.build());
  }

  private static byte[] write(MessageLite wire) {
    int size = wire.getSerializedSize();
    var bytes = new byte[1 + size];
    bytes[0] = FORMAT;
    try {
      var out = CodedOutputStream.newInstance(bytes, 1, size);
      wire.writeTo(out);
      out.checkNoSpaceLeft();
    } catch (IOException e) {
      throw new UncheckedIOException("the array was made to measure", e);
    }
    return bytes;
  }

  /// Reads a register.
  ///
  /// @throws UnreadableException if the bytes are not what this version, or an earlier one, wrote
  public static Register decodeRegister(byte[] bytes) throws UnreadableException {
    return read(
        "a register",
        bytes,
        in -> {
          var wire = StorageProto.StoredRegister.parseFrom(in);
          Ballot accepted = ModelCodec.decode(wire.getAccepted());
          Ballot promised = wire.hasPromised() ? ModelCodec.decode(wire.getPromised()) : accepted;
          unless(!accepted.above(promised), "the promise is below the accepted ballot");
          return new Register(
              promised, accepted, RecordCodec.decode(wire.hasRecord(), wire.getRecord()));
        });
  }

  /// Reads a seed's vote.
  ///
  /// @throws UnreadableException if the bytes are not what this version, or an earlier one, wrote
  public static GenesisVote decodeVote(byte[] bytes) throws UnreadableException {
    return read(
        "a vote on the first map",
        bytes,
        in -> {
          var wire = StorageProto.StoredVote.parseFrom(in);
          return new GenesisVote(
              MapCodec.decode(wire.getPromised()),
              MapCodec.decode(wire.getAccepted()),
              MapCodec.proposal(wire.hasProposal(), wire.getProposal()));
        });
  }

  /// Reads a council member's vote.
  ///
  /// @throws UnreadableException if the bytes are not what this version, or an earlier one, wrote
  public static CouncilVote decodeCouncilVote(byte[] bytes) throws UnreadableException {
    return read(
        "a vote on the next map",
        bytes,
        in -> {
          var wire = StorageProto.StoredCouncilVote.parseFrom(in);
          return new CouncilVote(
              ModelCodec.epoch(wire.getEpoch()),
              MapCodec.decode(wire.getPromised()),
              MapCodec.decode(wire.getAccepted()),
              MapCodec.proposal(wire.hasProposal(), wire.getProposal()));
        });
  }

  /// Reads a cluster map.
  ///
  /// @throws UnreadableException if the bytes are not what this version, or an earlier one, wrote
  public static ClusterMap decodeMap(byte[] bytes) throws UnreadableException {
    return read(
        "a cluster map", bytes, in -> ClusterMapCodec.decode(MapProto.ClusterMap.parseFrom(in)));
  }

  /// Reads what is kept of a partition as a whole.
  ///
  /// @throws UnreadableException if the bytes are not what this version, or an earlier one, wrote
  public static PartitionCopy decodeCopy(byte[] bytes) throws UnreadableException {
    return read(
        "the state of a partition",
        bytes,
        in -> {
          var wire = StorageProto.StoredCopy.parseFrom(in);
          unless(wire.getPartition() >= 0 && wire.getEpoch() > 0, "no partition or epoch");
          return new PartitionCopy(
              wire.getPartition(), wire.getEpoch(), ModelCodec.decode(wire.getFloor()));
        });
  }

  private interface Reader<T> {
    T read(CodedInputStream in) throws IOException, Undecodable;
  }

  private static <T> T read(String what, byte[] bytes, Reader<T> reader)
      throws UnreadableException {
    if (bytes.length == 0) {
      throw new UnreadableException("the bytes on disk of " + what + " are missing");
    }
    if (bytes[0] != FORMAT) {
      throw new UnreadableException(
          what + " on disk has format " + bytes[0] + "; this version reads " + FORMAT);
    }
    try {
      CodedInputStream in =
          UnsafeByteOperations.unsafeWrap(bytes, 1, bytes.length - 1).newCodedInput();
      in.enableAliasing(true);
      return reader.read(in);
    } catch (Undecodable e) {
      throw new UnreadableException(what + " on disk is damaged: " + e.getMessage());
    } catch (InvalidProtocolBufferException e) {
      throw new UnreadableException(what + " on disk is damaged: it cannot be parsed");
    } catch (IOException e) {
      throw new UncheckedIOException("an array is read without I/O", e);
    }
  }
}
