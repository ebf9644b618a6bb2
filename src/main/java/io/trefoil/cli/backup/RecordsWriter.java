package io.trefoil.cli.backup;

import com.google.protobuf.UnsafeByteOperations;
import io.trefoil.cli.backup.proto.BackupProto.Entry;
import io.trefoil.cli.backup.proto.BackupProto.Head;
import io.trefoil.cli.backup.proto.BackupProto.Saved;
import io.trefoil.cli.backup.proto.BackupProto.Tail;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.util.HexFormat;

/// Writes one file of a backup. Nothing is there under the file's own name until it is whole and
/// safe from a loss of power.
final class RecordsWriter implements AutoCloseable {

  private static final int BUFFER = 1 << 16;

  private final Path file;
  private final FileChannel channel;
  private final MessageDigest digest;
  private final OutputStream out;
  private long records;
  private long bytes;

  private RecordsWriter(Path file, FileChannel channel) {
    this.file = file;
    this.channel = channel;
    this.digest = Summary.newDigest();
    this.out =
        new DigestOutputStream(
            new BufferedOutputStream(Channels.newOutputStream(channel), BUFFER), digest);
  }

  /// Begins a file, in place of what an interrupted backup left of it.
  static RecordsWriter create(Path file, Origin origin, Span span) throws IOException {
    FileChannel channel =
        FileChannel.open(
            Placing.part(file),
            StandardOpenOption.CREATE,
            StandardOpenOption.WRITE,
            StandardOpenOption.TRUNCATE_EXISTING);
    RecordsWriter writer = new RecordsWriter(file, channel);
    Head head =
        Head.newBuilder()
            .setFormat(Frames.FORMAT)
            .setCluster(origin.cluster())
            .setClusterId(origin.clusterId())
            .setFrom(span.from())
            .setTo(span.to())
            .build();
    writer.write(Entry.newBuilder().setHead(head).build());
    return writer;
  }

  /// Adds a record.
  void add(SavedRecord saved) throws IOException {
    records++;
    bytes += saved.bytes();
    Saved entry =
        Saved.newBuilder()
            .setKey(saved.key().text())
            .setContentType(saved.contentType())
            .setValue(UnsafeByteOperations.unsafeWrap(saved.value()))
            .setEtag(saved.etag())
            .build();
    write(Entry.newBuilder().setSaved(entry).build());
  }

  /// Ends the file and puts it in its place.
  Summary finish() throws IOException {
    Tail tail = Tail.newBuilder().setRecords(records).setBytes(bytes).build();
    write(Entry.newBuilder().setTail(tail).build());
    out.flush();
    channel.force(true);
    channel.close();
    Placing.place(file);
    String sha256 = HexFormat.of().formatHex(digest.digest());
    return new Summary(file.getFileName().toString(), records, bytes, sha256);
  }

  /// Takes away what was written, unless it was finished.
  @Override
  public void close() throws IOException {
    channel.close();
    Files.deleteIfExists(Placing.part(file));
  }

  private void write(Entry entry) throws IOException {
    byte[] encoded = entry.toByteArray();
    out.write(Frames.head(encoded));
    out.write(encoded);
  }
}
