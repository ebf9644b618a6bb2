package io.trefoil.storage;

import io.trefoil.core.map.ClusterMap;
import io.trefoil.core.map.MapWrite.CouncilVote;
import io.trefoil.core.map.MapWrite.GenesisVote;
import io.trefoil.core.map.Votes;
import io.trefoil.core.model.NodeId;
import io.trefoil.core.node.Recovered;
import io.trefoil.core.register.PartitionCopy;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;
import org.rocksdb.WriteBatch;

/// Who the node of a data directory is: drawn when the directory is first used, read ever after.
///
/// The run is raised and on disk before the node sends its first packet, since ballots and
/// refutations of two runs are told apart by it.
final class Identity {

  /// Where the seed's vote lies.
  static final byte[] VOTE = name("vote");

  /// Where the council member's vote lies.
  static final byte[] COUNCIL_VOTE = name("council-vote");

  /// Where the cluster map lies.
  static final byte[] MAP = name("map");

  /// The most runs a ballot has room for.
  static final long MAX_RUN = (1L << 24) - 1;

  /// What the names of damaged partitions begin with; four bytes of partition follow.
  private static final byte[] DAMAGED = name("damaged/");

  /// What the names of copies begin with; four bytes of partition follow.
  private static final byte[] COPY = name("copy/");

  private static final byte[] CLUSTER = name("cluster");
  private static final byte[] NODE = name("node");
  private static final byte[] RUN = name("run");

  private final Path path;
  private final RocksFiles files;
  private final Format format;

  /// The identity of one directory.
  Identity(Path path, RocksFiles files, Format format) {
    this.path = path;
    this.files = files;
    this.format = format;
  }

  /// Counts this start and says what is known from those before.
  Recovered start(String cluster, RandomGenerator random)
      throws RocksDBException, UnusableDirectory {
    byte[] known = get(NODE);
    if (known == null) {
      return begin(cluster, random);
    }
    checkCluster(cluster);
    long run = number(get(RUN)) + 1;
    if (run > MAX_RUN) {
      throw new UnusableDirectory(path, "was started " + MAX_RUN + " times: empty it");
    }
    try (WriteBatch batch = new WriteBatch()) {
      batch.put(files.node(), RUN, bytes(run));
      files.write(batch, true);
    }
    return new Recovered(new NodeId(number(known)), run, votes(), map(), copies(), damaged());
  }

  /// Says what is known, and counts no start.
  ///
  /// @throws IllegalArgumentException with a sentence, if a part is missing or makes no sense
  Recovered read() throws RocksDBException {
    byte[] known = get(NODE);
    byte[] run = get(RUN);
    if (get(CLUSTER) == null || !isNumber(known) || !isNumber(run)) {
      throw new IllegalArgumentException("the identity is missing or damaged");
    }
    return new Recovered(
        new NodeId(number(known)), number(run), votes(), map(), copies(), damaged());
  }

  private static boolean isNumber(byte[] bytes) {
    return bytes != null && bytes.length == Long.BYTES;
  }

  private Recovered begin(String cluster, RandomGenerator random)
      throws RocksDBException, UnusableDirectory {
    if (!files.isEmpty()) {
      throw new UnusableDirectory(path, "holds data but no identity: its database is damaged");
    }
    Recovered fresh = Recovered.fresh(MemoryStore.drawId(random));
    try (WriteBatch batch = new WriteBatch()) {
      batch.put(files.node(), CLUSTER, cluster.getBytes(StandardCharsets.UTF_8));
      batch.put(files.node(), NODE, bytes(fresh.id().bits()));
      batch.put(files.node(), RUN, bytes(fresh.run()));
      files.write(batch, true);
    }
    return fresh;
  }

  private void checkCluster(String cluster) throws RocksDBException, UnusableDirectory {
    byte[] stored = get(CLUSTER);
    if (!Arrays.equals(stored, cluster.getBytes(StandardCharsets.UTF_8))) {
      throw new UnusableDirectory(
          path,
          "belongs to the cluster '"
              + new String(stored, StandardCharsets.UTF_8)
              + "', but trefoil.cluster.name is '"
              + cluster
              + "'");
    }
  }

  private Votes votes() throws RocksDBException {
    byte[] genesis = get(VOTE);
    byte[] council = get(COUNCIL_VOTE);
    return new Votes(
        genesis == null ? GenesisVote.NONE : format.votes().decode().apply(genesis),
        council == null ? CouncilVote.NONE : format.councilVotes().decode().apply(council));
  }

  private Optional<ClusterMap> map() throws RocksDBException {
    return Optional.ofNullable(get(MAP)).map(format.maps().decode());
  }

  /// Where it is noted that a partition's copy is damaged.
  static byte[] damage(int partition) {
    return ByteBuffer.allocate(DAMAGED.length + Integer.BYTES)
        .put(DAMAGED)
        .putInt(partition)
        .array();
  }

  /// Where it is noted what is kept of a partition as a whole.
  static byte[] copy(int partition) {
    return ByteBuffer.allocate(COPY.length + Integer.BYTES).put(COPY).putInt(partition).array();
  }

  private List<Integer> damaged() throws RocksDBException {
    List<Integer> partitions = new ArrayList<>();
    each(DAMAGED, entry -> partitions.add(ByteBuffer.wrap(entry.key()).getInt(DAMAGED.length)));
    return partitions;
  }

  private List<PartitionCopy> copies() throws RocksDBException {
    List<PartitionCopy> copies = new ArrayList<>();
    each(COPY, entry -> copies.add(format.copies().decode().apply(entry.value())));
    return copies;
  }

  private void each(byte[] prefix, Consumer<RocksIterator> reader) throws RocksDBException {
    try (RocksIterator names = files.db().newIterator(files.node())) {
      for (names.seek(prefix); begins(names, prefix); names.next()) {
        reader.accept(names);
      }
      names.status();
    }
  }

  private static boolean begins(RocksIterator names, byte[] prefix) {
    return names.isValid() && Arrays.mismatch(names.key(), prefix) == prefix.length;
  }

  private byte[] get(byte[] name) throws RocksDBException {
    return files.db().get(files.node(), name);
  }

  private static byte[] name(String ascii) {
    return ascii.getBytes(StandardCharsets.US_ASCII);
  }

  private static byte[] bytes(long number) {
    return ByteBuffer.allocate(Long.BYTES).putLong(number).array();
  }

  private static long number(byte[] bytes) {
    return ByteBuffer.wrap(bytes).getLong();
  }
}
