package io.trefoil.cli.backup;

import com.google.protobuf.InvalidProtocolBufferException;
import io.trefoil.cli.backup.proto.BackupProto.Entry;
import io.trefoil.cli.backup.proto.BackupProto.Head;
import io.trefoil.cli.backup.proto.BackupProto.Saved;
import io.trefoil.cli.backup.proto.BackupProto.Tail;
import io.trefoil.core.model.Key;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Optional;

/// Reads one file of a backup, and believes nothing that its checksums do not say.
final class RecordsReader implements AutoCloseable {

  private static final int BUFFER = 1 << 16;

  private final Path file;
  private final MessageDigest digest;
  private final InputStream in;
  private final Head head;
  private long position;
  private long records;
  private long bytes;
  private boolean ended;

  /// Opens a file and reads its head.
  ///
  /// @throws DamagedBackup if it has none, or one of a newer format
  RecordsReader(Path file) throws IOException {
    this.file = file;
    this.digest = Summary.newDigest();
    this.in =
        new DigestInputStream(new BufferedInputStream(Files.newInputStream(file), BUFFER), digest);
    try {
      this.head = readHead();
    } catch (IOException e) {
      in.close();
      throw e;
    }
  }

  /// The next record; empty at the end, behind which there is nothing.
  ///
  /// @throws DamagedBackup with the place, if something else stands here
  Optional<SavedRecord> next() throws IOException {
    if (ended) {
      return Optional.empty();
    }
    long at = position;
    Entry entry = readEntry();
    return switch (entry.getBodyCase()) {
      case SAVED -> Optional.of(saved(entry.getSaved(), at));
      case TAIL -> {
        end(entry.getTail(), at);
        yield Optional.empty();
      }
      case HEAD, BODY_NOT_SET -> throw damage(at, "this is no record");
    };
  }

  /// Which partitions it says it has.
  Span span() {
    return new Span(head.getFrom(), head.getTo());
  }

  /// Of which cluster it says it is: name and id.
  boolean isOf(Origin origin) {
    return head.getCluster().equals(origin.cluster())
        && head.getClusterId().equals(origin.clusterId());
  }

  /// What was read, once all was.
  Summary summary() {
    return new Summary(
        file.getFileName().toString(), records, bytes, HexFormat.of().formatHex(digest.digest()));
  }

  @Override
  public void close() throws IOException {
    in.close();
  }

  private Head readHead() throws IOException {
    Entry entry = readEntry();
    if (!entry.hasHead()) {
      throw damage(0, "it does not begin as a file of a backup does");
    }
    if (entry.getHead().getFormat() > Frames.FORMAT) {
      throw new NewerFormat(file, entry.getHead().getFormat());
    }
    return entry.getHead();
  }

  private Entry readEntry() throws IOException {
    long at = position;
    ByteBuffer before = ByteBuffer.wrap(read(Frames.HEAD_BYTES, at));
    int length = before.getInt();
    if (length < 0 || length > Frames.MAX_BYTES) {
      throw damage(at, "a record of " + length + " bytes cannot be");
    }
    byte[] encoded = read(length, at);
    if (Frames.crc(encoded) != before.getInt()) {
      throw damage(at, "the checksum is wrong");
    }
    try {
      return Entry.parseFrom(encoded);
    } catch (InvalidProtocolBufferException e) {
      throw damage(at, e.getMessage());
    }
  }

  private byte[] read(int length, long at) throws IOException {
    byte[] read = in.readNBytes(length);
    position += read.length;
    if (read.length < length) {
      throw damage(at, "the file ends in the middle");
    }
    return read;
  }

  private SavedRecord saved(Saved saved, long at) throws DamagedBackup {
    try {
      SavedRecord record =
          new SavedRecord(
              new Key(saved.getKey()),
              saved.getContentType(),
              saved.getValue().toByteArray(),
              saved.getEtag());
      records++;
      bytes += record.bytes();
      return record;
    } catch (IllegalArgumentException e) {
      throw damage(at, e.getMessage());
    }
  }

  private void end(Tail tail, long at) throws IOException {
    if (tail.getRecords() != records || tail.getBytes() != bytes) {
      throw damage(at, "%,d records were read, not %,d".formatted(records, tail.getRecords()));
    }
    if (in.read() >= 0) {
      throw damage(position, "something stands behind the end");
    }
    ended = true;
  }

  private DamagedBackup damage(long at, String what) {
    return new DamagedBackup(file, at, what);
  }
}
