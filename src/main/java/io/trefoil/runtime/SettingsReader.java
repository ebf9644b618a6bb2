package io.trefoil.runtime;

import static io.trefoil.runtime.BadSetting.between;

import io.trefoil.core.map.ClusterMap;
import io.trefoil.core.map.MapPolicy;
import io.trefoil.core.membership.MembershipSettings;
import io.trefoil.core.model.Address;
import io.trefoil.core.node.NodeSettings;
import io.trefoil.core.ring.Partitions;
import io.trefoil.core.stabilization.CopyPolicy;
import io.trefoil.storage.SyncPolicy;
import io.trefoil.wire.ClusterKeys;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;

/// Turns what an operator wrote into a [NodePlan], or refuses it with a sentence that names the
/// key.
final class SettingsReader {

  private static final int MAX_PORT = 65_535;
  private static final int MAX_TOKENS = 65_536;
  private static final int MAX_WEIGHT = 100;
  private static final int MAX_VALUE_BYTES = 1 << 20;
  private static final int MAX_OPEN = 1 << 20;
  private static final Duration MIN_PERIOD = Duration.ofMillis(400);
  private static final Duration MIN_SUSPICION = Duration.ofMillis(100);
  private static final Duration MIN_LEASE = Duration.ofSeconds(1);
  private static final Duration MIN_SYNC = Duration.ofMillis(1);
  private static final Duration MAX_DELAY = Duration.ofDays(1);
  private static final Duration MIN_SCRUB = Duration.ofSeconds(10);
  private static final Duration MAX_SCRUB = Duration.ofDays(90);
  private static final long MIN_COPY_RATE = 1 << 10;
  private static final Duration MAX_TIME = Duration.ofSeconds(60);
  private static final List<String> WILDCARDS = List.of("0.0.0.0", "::");
  private static final Pattern NAME = Pattern.compile("[^\\s\\p{Cntrl}]{1,128}");
  private static final Pattern HOST = Pattern.compile("[A-Za-z0-9._-]+|[0-9A-Fa-f:.%]+");

  private final TrefoilSettings settings;
  private final LocalHost machine;

  /// A reader of one set of settings.
  ///
  /// @param machine what the defaults are taken from
  SettingsReader(TrefoilSettings settings, LocalHost machine) {
    this.settings = settings;
    this.machine = machine;
  }

  /// Reads everything.
  ///
  /// @param httpPort where clients reach the node; 0 if they do not
  /// @throws BadSetting for the first value that is wrong
  NodePlan read(int httpPort) {
    time("trefoil.shutdown-delay", settings.shutdownDelay(), Duration.ZERO);
    between("trefoil.limits.value-bytes", settings.limits().valueBytes(), 1, MAX_VALUE_BYTES);
    checkTracing();
    return new NodePlan(
        node(httpPort),
        listen(),
        keys(),
        settings.node().dataDir(),
        settings.storage().engine(),
        reserve(),
        sync(),
        settings.operationsLog());
  }

  private NodeSettings node(int httpPort) {
    Address advertised = advertise();
    return new NodeSettings(
        named("trefoil.cluster.name", settings.cluster().name()),
        named("trefoil.node.name", settings.node().name().orElseGet(machine::name)),
        settings.node().zone().map(zone -> named("trefoil.node.zone", zone)).orElse(""),
        between("trefoil.ring.weight", settings.ring().weight(), 1, MAX_WEIGHT),
        advertised,
        httpPort == 0 ? "" : new Address(advertised.host(), httpPort).toString(),
        seeds(),
        partitions(),
        ClusterMap.DEFAULT_REPLICATION,
        between("trefoil.ring.tokens", settings.ring().tokens(), 1, MAX_TOKENS),
        between("trefoil.limits.open-operations", settings.limits().openOperations(), 1, MAX_OPEN),
        membership(),
        policy(),
        copies());
  }

  private static String named(String key, String name) {
    if (!NAME.matcher(name).matches()) {
      throw new BadSetting(key, "is '" + name + "'; it must be 1 to 128 characters, no spaces");
    }
    return name;
  }

  private Address listen() {
    int port = between("trefoil.peer.port", settings.peer().port(), 0, MAX_PORT);
    return new Address(host("trefoil.peer.host", settings.peer().host()), port);
  }

  private ClusterKeys keys() {
    try {
      return ClusterKeys.parse(settings.peer().keys());
    } catch (IllegalArgumentException wrong) {
      throw new BadSetting("trefoil.peer.keys", wrong.getMessage());
    }
  }

  private Address advertise() {
    Address listen = listen();
    String key = "trefoil.peer.advertise";
    return settings
        .peer()
        .advertise()
        .map(text -> isHost(text) ? new Address(text, listen.port()) : parse(key, text))
        .map(address -> new Address(literal(key, address.host()), address.port()))
        .orElseGet(() -> new Address(reachable(listen), listen.port()));
  }

  /// Where a seed with this node's port is one of the machine's own addresses, that is the one
  /// peers know it by.
  private String reachable(Address listen) {
    if (!WILDCARDS.contains(listen.host())) {
      return literal("trefoil.peer.host", listen.host());
    }
    return seeds().stream()
        .filter(seed -> seed.port() == listen.port())
        .flatMap(seed -> machine.resolve(seed.host()).stream())
        .filter(machine::isOwn)
        .findFirst()
        .orElseGet(machine::address);
  }

  private String literal(String key, String host) {
    return machine
        .resolve(host(key, host))
        .orElseThrow(() -> new BadSetting(key, "names the host '" + host + "', which is unknown"));
  }

  /// Whether a text is a host without a port: an IPv6 literal has two colons at least.
  private static boolean isHost(String text) {
    return text.indexOf(':') == text.lastIndexOf(':')
        ? text.indexOf(':') < 0
        : text.charAt(0) != '[';
  }

  private List<Address> seeds() {
    String key = "trefoil.cluster.seeds";
    return settings.cluster().seeds().orElse(List.of()).stream()
        .map(seed -> parse(key, seed.strip()))
        .distinct()
        .toList();
  }

  private static Address parse(String key, String text) {
    try {
      Address address = Address.parse(text);
      return new Address(host(key, address.host()), address.port());
    } catch (BadSetting wrong) {
      throw wrong;
    } catch (IllegalArgumentException wrong) {
      throw new BadSetting(key, "is wrong: " + wrong.getMessage());
    }
  }

  private static String host(String key, String host) {
    if (!HOST.matcher(host).matches()) {
      throw new BadSetting(
          key, "has '" + host + "', which is neither a host's name nor an address");
    }
    return host;
  }

  private Partitions partitions() {
    String key = "trefoil.cluster.partitions";
    int count = between(key, settings.cluster().partitions(), 1, Partitions.MAX_COUNT);
    if (Integer.bitCount(count) != 1) {
      throw new BadSetting(
          key,
          "is " + count + "; it must be a power of two, such as " + Integer.highestOneBit(count));
    }
    return new Partitions(count);
  }

  private MembershipSettings membership() {
    TrefoilSettings.Membership given = settings.membership();
    return MembershipSettings.DEFAULT
        .withPeriod(time("trefoil.membership.period", given.period(), MIN_PERIOD))
        .withSuspicionMin(
            time("trefoil.membership.suspicion-min", given.suspicionMin(), MIN_SUSPICION));
  }

  private void checkTracing() {
    settings
        .tracing()
        .endpoint()
        .filter(text -> !TracingSwitch.isEndpoint(text))
        .ifPresent(
            text -> {
              throw new BadSetting(
                  TracingSwitch.ENDPOINT,
                  "is '" + text + "'; it is a URI such as http://collector:4317");
            });
    double share = settings.tracing().share();
    if (!(share >= 0 && share <= 1)) {
      throw new BadSetting("trefoil.tracing.share", "is " + share + "; it lies between 0 and 1");
    }
  }

  private long reserve() {
    long bytes = settings.storage().reserveBytes();
    if (bytes < 0) {
      throw new BadSetting("trefoil.storage.reserve-bytes", "is " + bytes + "; it is 0 or more");
    }
    return bytes;
  }

  private MapPolicy policy() {
    Duration lease = time("trefoil.lease", settings.lease(), MIN_LEASE);
    Duration delay = time("trefoil.eviction-delay", settings.evictionDelay(), MIN_LEASE, MAX_DELAY);
    if (delay.compareTo(lease) <= 0) {
      throw new BadSetting(
          "trefoil.eviction-delay",
          "is %d ms; it must be longer than trefoil.lease, which is %d ms"
              .formatted(delay.toMillis(), lease.toMillis()));
    }
    return new MapPolicy(
        delay,
        MapPolicy.DEFAULT.seatDelay(),
        lease,
        settings.recovery().onMajorityLoss(),
        MapPolicy.DEFAULT.movesAtOnce());
  }

  private CopyPolicy copies() {
    long rate = settings.copy().bytesPerSecond();
    if (rate < MIN_COPY_RATE) {
      throw new BadSetting(
          "trefoil.copy.bytes-per-second", "is " + rate + "; it is " + MIN_COPY_RATE + " or more");
    }
    Duration patience =
        time("trefoil.copy.client-patience", settings.copy().clientPatience(), Duration.ZERO);
    Duration every =
        time("trefoil.copy.scrub-every", settings.copy().scrubEvery(), MIN_SCRUB, MAX_SCRUB);
    return new CopyPolicy(rate, patience, every);
  }

  private SyncPolicy sync() {
    Duration interval =
        time("trefoil.storage.sync-interval", settings.storage().syncInterval(), MIN_SYNC);
    return switch (settings.storage().sync()) {
      case ALWAYS -> SyncPolicy.ALWAYS;
      case INTERVAL -> SyncPolicy.every(interval);
    };
  }

  private static Duration time(String key, Duration value, Duration low) {
    return time(key, value, low, MAX_TIME);
  }

  private static Duration time(String key, Duration value, Duration low, Duration high) {
    if (value.compareTo(low) < 0 || value.compareTo(high) > 0) {
      throw new BadSetting(
          key,
          "is %d ms; it must lie between %d ms and %d ms"
              .formatted(value.toMillis(), low.toMillis(), high.toMillis()));
    }
    return value;
  }
}
