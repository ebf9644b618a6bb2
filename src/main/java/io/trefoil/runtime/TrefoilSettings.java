package io.trefoil.runtime;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import io.trefoil.core.map.MapPolicy.MajorityLoss;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// Everything an operator can set about a node, under `trefoil.`. Each key can be given in
/// `application.properties`, as `-Dtrefoil.node.name=a` or as `TREFOIL_NODE_NAME=a`. [NodePlan]
/// checks the values at start.
@ConfigMapping(prefix = "trefoil")
public interface TrefoilSettings {

  /// This node.
  Node node();

  /// The cluster it belongs to.
  Cluster cluster();

  /// Where its peers reach it.
  Peer peer();

  /// Its place on the ring.
  Ring ring();

  /// How it stores.
  Storage storage();

  /// How it copies from others.
  Copy copy();

  /// How it tells who is alive.
  Membership membership();

  /// What it refuses to take.
  Limits limits();

  /// What becomes of a partition that has lost its quorum for good.
  Recovery recovery();

  /// `trefoil.eviction-delay`: how long a member must be dead before its share of the ring goes to
  /// others. Default 30 s, above `lease`, up to 24 h. From a crash to three copies again it takes
  /// detection (about 4 s) + eviction-delay + bytes / copy rate; shorter is that much sooner, and
  /// copies more for nodes that would have come back. The same on every node.
  @WithDefault("30s")
  Duration evictionDelay();

  /// `trefoil.lease`: how long a node goes on voting without a word of a majority of the council.
  /// Default 10 s, 1 s to 60 s. Reports go out every lease / 4; a survivor goes on alone 1.1 *
  /// lease after the others were last heard of at the soonest. Shorter: a cut-off node stops
  /// sooner, and three reports lost in a row stop one for nothing. The same on every node.
  @WithDefault("10s")
  Duration lease();

  /// `trefoil.shutdown-delay`: how long a node that is told to end (SIGTERM) goes on serving while
  /// it already says that it is not ready. Default 1 s, 0 to 60 s; behind a load balancer the time
  /// it takes to notice: period of its probe * failures it waits for. Longer: each restart takes so
  /// much longer.
  @WithDefault("1s")
  Duration shutdownDelay();

  /// `trefoil.operations-log`: whether each operation is logged under the category
  /// `io.trefoil.operations`, at its coordinator and at each replica. Default true; false saves
  /// some microseconds per operation.
  @WithDefault("true")
  boolean operationsLog();

  /// What it writes down about itself.
  Log log();

  /// The log.
  interface Log {

    /// `trefoil.log.json`: whether each line of the log is a JSON document instead of text, for
    /// what collects logs. Default false. Longer lines, some microseconds more for each.
    @WithDefault("false")
    boolean json();
  }

  /// Following single operations.
  Tracing tracing();

  /// Following single operations.
  interface Tracing {

    /// `trefoil.tracing.endpoint`: where spans of client operations are sent (OTLP over gRPC), an
    /// http or https URI such as `http://collector:4317`. Default: none, and nothing is traced. How
    /// they are sent is Quarkus's to configure: `quarkus.otel.exporter.otlp.*`,
    /// `quarkus.otel.bsp.*`.
    Optional<String> endpoint();

    /// `trefoil.tracing.share`: the part of operations that is traced, 0 to 1. One that comes with
    /// a trace of its own (`traceparent`) follows that. Default 1.
    @WithDefault("1")
    double share();
  }

  /// This node.
  interface Node {

    /// `trefoil.node.name`: the operator's stable name for the node, such as a pod's or a host's, 1
    /// to 128 characters without spaces. Default: the host's name.
    Optional<String> name();

    /// `trefoil.node.zone`: the failure domain it stands in; copies of a key go to different zones
    /// while there are enough. Default: none.
    Optional<String> zone();

    /// `trefoil.node.data-dir`: the folder that holds its identity and, with RocksDB, its data;
    /// made if missing, used by one process at a time. Default `data`.
    @WithDefault("data")
    Path dataDir();
  }

  /// The cluster.
  interface Cluster {

    /// `trefoil.cluster.name`: nodes of another name are not spoken to, data directories of another
    /// are refused. Default `trefoil`.
    @WithDefault("trefoil")
    String name();

    /// `trefoil.cluster.seeds`: stable peer addresses, `host:port` with commas between, the same on
    /// every node. The first map is made once all of them answer. Names are resolved again every
    /// few seconds. Default: this node alone, which makes a cluster of one.
    Optional<List<String>> seeds();

    /// `trefoil.cluster.partitions`: into how many arcs the ring is cut when the cluster is
    /// founded; a power of two up to 2^20, fixed for its life. Default 4096, enough for a hundred
    /// nodes (aim at 40 or more per node); more make a larger map.
    @WithDefault("4096")
    int partitions();
  }

  /// Where peers reach the node.
  interface Peer {

    /// `trefoil.peer.host`: the address both its datagram and its stream socket are bound to.
    /// Default `0.0.0.0`, all interfaces.
    @WithDefault("0.0.0.0")
    String host();

    /// `trefoil.peer.port`: the port of both, 0 for any that is free. Default 7400.
    @WithDefault("7400")
    int port();

    /// `trefoil.peer.advertise`: the literal address it tells its peers, `host` or `host:port`.
    /// Seeds must be listed under the address they advertise. Default: `trefoil.peer.host`; where
    /// that stands for all interfaces, the seed that is this machine with this port, or else the
    /// machine's first address that is not loopback. Without a port, `trefoil.peer.port`.
    Optional<String> advertise();

    /// `trefoil.peer.keys`: what packets between nodes are sealed with (AES-256-GCM). Keys with
    /// commas between, each 64 hexadecimal digits or 32 bytes in base64 (`openssl rand -hex 32`),
    /// or the word `none` for packets that are not sealed. The first is used to send, each is
    /// accepted; so a running cluster gets a key K in three rolling restarts, with `none,K`,
    /// `K,none` and `K`. Default `none`. Best given as TREFOIL_PEER_KEYS: arguments of a process
    /// can be read by others on its machine.
    @WithDefault("none")
    List<String> keys();
  }

  /// The node's place on the ring.
  interface Ring {

    /// `trefoil.ring.tokens`: tokens of a node of weight 1, fixed when the cluster is founded.
    /// Default 1024: no node holds more than 1.1 times the mean. 1 gives the classic ring, with 2.3
    /// times.
    @WithDefault("1024")
    int tokens();

    /// `trefoil.ring.weight`: the node's share of the data relative to others, 1 to 100. Default 1.
    @WithDefault("1")
    int weight();
  }

  /// How the node stores.
  interface Storage {

    /// `trefoil.storage.engine`: `rocksdb` keeps data on disk; `memory` loses it, and the node's
    /// identity with it, when the process ends. Default `rocksdb`.
    @WithDefault("rocksdb")
    Engine engine();

    /// `trefoil.storage.sync`: `always` syncs before anything is acknowledged; `interval` syncs
    /// every `sync-interval`, and loses what came after the last sync when the machine (not the
    /// process) dies: acknowledged writes are then lost if that happens to a majority of the
    /// voters. Default `always`.
    @WithDefault("always")
    Sync sync();

    /// `trefoil.storage.sync-interval`: time between syncs under `interval`. Default 100 ms, 1 ms
    /// to 60 s; longer means fewer syncs and more that can be lost.
    @WithDefault("100ms")
    Duration syncInterval();

    /// `trefoil.storage.reserve-bytes`: how much of the disk must stay free. With less, the node
    /// does not start, and one that runs stops between two commits instead of in the middle of one:
    /// it votes no more and the process ends with exit code 1. Default 268435456 (256 MiB), 0 for
    /// no reserve; at least what is written in a tenth of a second, and room for a compaction (an
    /// eighth of the data) makes the way back easier. More is disk that is never used.
    @WithDefault("268435456")
    long reserveBytes();
  }

  /// How the node copies from others, and compares with them.
  interface Copy {

    /// `trefoil.copy.bytes-per-second`: how much a node copies from others at most when replica
    /// sets change. Default 67108864 (64 MiB/s), at least 1024. A new copy of a node's share takes
    /// bytes / this; more is sooner done, and clients wait longer meanwhile.
    @WithDefault("67108864")
    long bytesPerSecond();

    /// `trefoil.copy.client-patience`: how long a client of this node may be kept waiting before
    /// copying steps back: it goes on in small steps only, 50 a second, until no client waits that
    /// long. Default 25 ms, 0 to 60 s. Less: clients notice copies less, and these take longer.
    @WithDefault("25ms")
    Duration clientPatience();

    /// `trefoil.copy.scrub-every`: in what time every partition is read through and compared with
    /// its co-voters though nothing is known to be wrong. Default 1 h, 10 s to 90 days. Shorter:
    /// what rots on a disk is found sooner, and all data is read more often, bytes / this on
    /// average.
    @WithDefault("1h")
    Duration scrubEvery();
  }

  /// How the node tells who is alive.
  interface Membership {

    /// `trefoil.membership.period`: one member is probed each period. Default 500 ms, 400 ms to 60
    /// s; longer means less traffic and slower detection.
    @WithDefault("500ms")
    Duration period();

    /// `trefoil.membership.suspicion-min`: the shortest time from suspect to dead; the longest is
    /// six times that. Default 750 ms, 100 ms to 60 s; longer means fewer wrong verdicts and slower
    /// detection.
    @WithDefault("750ms")
    Duration suspicionMin();
  }

  /// What the node refuses to take.
  interface Limits {

    /// `trefoil.limits.value-bytes`: the largest value. Default and maximum 1048576 (1 MiB).
    @WithDefault("1048576")
    int valueBytes();

    /// `trefoil.limits.open-operations`: how many operations may be under way here at a time; what
    /// comes beyond is refused as overloaded. Default 10000, 1 to 1048576. They hold up to
    /// open-operations * value-bytes of memory.
    @WithDefault("10000")
    int openOperations();
  }

  /// Recovery from what three copies do not cover.
  interface Recovery {

    /// `trefoil.recovery.on-majority-loss`: `survivor` goes on with what is left when most voters
    /// of a partition are evicted, and marks the partition as forced: writes that only the evicted
    /// ones had are lost. `wait` leaves it unavailable until enough of them return, and needs no
    /// lease. Default `survivor`. The same on every node.
    @WithDefault("survivor")
    MajorityLoss onMajorityLoss();
  }

  /// Where registers are kept.
  enum Engine {
    ROCKSDB,
    MEMORY
  }

  /// When what was written is synced.
  enum Sync {
    ALWAYS,
    INTERVAL
  }
}
