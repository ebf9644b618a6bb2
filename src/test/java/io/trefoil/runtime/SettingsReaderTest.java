package io.trefoil.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.runtime.configuration.DurationConverter;
import io.smallrye.config.ConfigValidationException;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.trefoil.core.map.MapPolicy.MajorityLoss;
import io.trefoil.core.membership.MembershipSettings;
import io.trefoil.core.model.Address;
import io.trefoil.core.stabilization.CopyPolicy;
import io.trefoil.runtime.TrefoilSettings.Engine;
import io.trefoil.storage.SyncPolicy;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SettingsReaderTest {

  /// A machine with one network, whose name server knows one other host.
  private static final LocalHost MACHINE =
      new LocalHost() {
        @Override
        String name() {
          return "birch";
        }

        @Override
        String address() {
          return "10.0.0.7";
        }

        @Override
        Optional<String> resolve(String host) {
          return switch (host) {
            case "alder.example" -> Optional.of("10.0.0.8");
            case "birch.example" -> Optional.of("10.0.0.7");
            case "localhost" -> Optional.of("127.0.0.1");
            default -> host.matches("[0-9.:]+") ? Optional.of(host) : Optional.empty();
          };
        }

        @Override
        boolean isOwn(String literal) {
          return literal.equals("10.0.0.7") || literal.startsWith("127.");
        }
      };

  @ParameterizedTest
  @CsvSource({
    "trefoil.tracing.endpoint, collector:4317",
    "trefoil.tracing.endpoint, http://",
    "trefoil.tracing.endpoint, http://a b",
    "trefoil.tracing.share, 1.5",
    "trefoil.tracing.share, NaN"
  })
  void spansGoSomewhereOrNowhere(String key, String value) {
    BadSetting wrong = assertThrows(BadSetting.class, () -> read(Map.of(key, value)));
    assertTrue(wrong.getMessage().startsWith(key + " is "), wrong.getMessage());
  }

  @Test
  void keysAreReadInTheirOrder() {
    String key = "0f".repeat(32);

    assertTrue(read(Map.of()).keys().isNone());
    assertTrue(read(Map.of("trefoil.peer.keys", "none")).keys().isNone());
    String shown = read(Map.of("trefoil.peer.keys", key + ", none")).keys().toString();
    assertTrue(shown.matches("key [0-9a-f]{8}, none"), shown);
  }

  @Test
  void aWrongKeyIsASentenceWithoutTheKey() {
    String key = "0f".repeat(32);
    BadSetting wrong =
        assertThrows(
            BadSetting.class, () -> read(Map.of("trefoil.peer.keys", key + ",hush-" + key)));

    assertEquals(
        "trefoil.peer.keys has as entry number 2 neither 64 hexadecimal digits nor 32 bytes in"
            + " base64 nor the word 'none'; make a key with: openssl rand -hex 32.",
        wrong.getMessage());

    BadSetting twice =
        assertThrows(BadSetting.class, () -> read(Map.of("trefoil.peer.keys", key + "," + key)));
    assertEquals(
        "trefoil.peer.keys has the same entry twice, as number 1 and number 2.",
        twice.getMessage());
  }

  @Test
  void anEmptySecretDoesNotQuietlyLeavePacketsOpen() {
    assertThrows(RuntimeException.class, () -> read(Map.of("trefoil.peer.keys", "")));
    assertThrows(RuntimeException.class, () -> read(Map.of("trefoil.peer.keys", ",")));
  }

  @Test
  void withoutSettingsItIsAClusterOfOneOnDisk() {
    NodePlan plan = read(Map.of());

    assertEquals("birch", plan.node().name());
    assertEquals("trefoil", plan.node().cluster());
    assertEquals(new Address("0.0.0.0", 7400), plan.listen());
    assertEquals(new Address("10.0.0.7", 7400), plan.node().address());
    assertEquals("10.0.0.7:8080", plan.node().http());
    assertEquals(4096, plan.node().partitions().count());
    assertEquals(Engine.ROCKSDB, plan.engine());
    assertEquals(SyncPolicy.ALWAYS, plan.sync());
    assertEquals(256L << 20, plan.reserveBytes());
    assertEquals(CopyPolicy.DEFAULT, plan.node().copies());
    assertEquals(MembershipSettings.DEFAULT, plan.node().membership());
    assertEquals(Path.of("data"), plan.dataDir());
    assertTrue(plan.operationsLog());
    Address bound = new Address("10.0.0.7", 7400);
    assertEquals(List.of(bound), plan.nodeAt(bound).seeds());
  }

  @Test
  void everySettingArrives() {
    NodePlan plan =
        read(
            Map.ofEntries(
                Map.entry("trefoil.node.name", "oak-0"),
                Map.entry("trefoil.node.zone", "north"),
                Map.entry("trefoil.node.data-dir", "/srv/oak"),
                Map.entry("trefoil.cluster.name", "forest"),
                Map.entry("trefoil.cluster.seeds", "a:1, [::1]:2,a:1"),
                Map.entry("trefoil.cluster.partitions", "1024"),
                Map.entry("trefoil.peer.host", "localhost"),
                Map.entry("trefoil.peer.port", "7410"),
                Map.entry("trefoil.ring.tokens", "1"),
                Map.entry("trefoil.ring.weight", "3"),
                Map.entry("trefoil.storage.engine", "memory"),
                Map.entry("trefoil.storage.sync", "interval"),
                Map.entry("trefoil.storage.sync-interval", "20ms"),
                Map.entry("trefoil.storage.reserve-bytes", "0"),
                Map.entry("trefoil.copy.bytes-per-second", "1024"),
                Map.entry("trefoil.copy.client-patience", "3ms"),
                Map.entry("trefoil.copy.scrub-every", "1d"),
                Map.entry("trefoil.membership.period", "1s"),
                Map.entry("trefoil.membership.suspicion-min", "3s"),
                Map.entry("trefoil.eviction-delay", "5m"),
                Map.entry("trefoil.lease", "20s"),
                Map.entry("trefoil.recovery.on-majority-loss", "wait"),
                Map.entry("trefoil.limits.open-operations", "77"),
                Map.entry("trefoil.operations-log", "false")));

    assertEquals("oak-0", plan.node().name());
    assertEquals("north", plan.node().zone());
    assertEquals("forest", plan.node().cluster());
    assertEquals(List.of(new Address("a", 1), new Address("::1", 2)), plan.node().seeds());
    assertEquals(1024, plan.node().partitions().count());
    assertEquals(new Address("localhost", 7410), plan.listen());
    assertEquals(new Address("127.0.0.1", 7410), plan.node().address());
    assertEquals(1, plan.node().tokens());
    assertEquals(3, plan.node().weight());
    assertEquals(77, plan.node().maxOpenOperations());
    assertEquals(Engine.MEMORY, plan.engine());
    assertEquals(SyncPolicy.every(Duration.ofMillis(20)), plan.sync());
    assertEquals(0, plan.reserveBytes());
    assertEquals(
        new CopyPolicy(1_024, Duration.ofMillis(3), Duration.ofDays(1)), plan.node().copies());
    assertEquals(Duration.ofSeconds(1), plan.node().membership().period());
    assertEquals(Duration.ofSeconds(3), plan.node().membership().suspicionMin());
    assertEquals(Duration.ofMinutes(5), plan.node().policy().evictionDelay());
    assertEquals(Duration.ofSeconds(20), plan.node().policy().lease());
    assertEquals(MajorityLoss.WAIT, plan.node().policy().onMajorityLoss());
    assertEquals(Path.of("/srv/oak"), plan.dataDir());
    assertFalse(plan.operationsLog());
  }

  @ParameterizedTest
  @CsvSource({
    "10.1.1.1,        10.1.1.1:7400",
    "10.1.1.1:7000,   10.1.1.1:7000",
    "::1,             [::1]:7400",
    "[::1]:7000,      [::1]:7000",
    "alder.example,   10.0.0.8:7400"
  })
  void advertisedAddressMayLackItsPort(String given, String advertised) {
    assertEquals(
        advertised, read(Map.of("trefoil.peer.advertise", given)).node().address().toString());
  }

  @ParameterizedTest
  @CsvSource({
    "'127.0.0.1:7400,127.0.0.1:7410',          127.0.0.1:7400",
    "'localhost:7400,localhost:7410',          127.0.0.1:7400",
    "'alder.example:7400,birch.example:7400',  10.0.0.7:7400",
    "'alder.example:7400',                     10.0.0.7:7400"
  })
  void seedOnThisMachineIsWhereItsPeersKnowIt(String seeds, String advertised) {
    assertEquals(
        advertised, read(Map.of("trefoil.cluster.seeds", seeds)).node().address().toString());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          trefoil.peer.port | 70000 | is 70000; it must lie between 0 and 65535.
          trefoil.peer.port | -1 | is -1; it must lie between 0 and 65535.
          trefoil.cluster.partitions | 1000 | is 1000; it must be a power of two, such as 512.
          trefoil.cluster.partitions | 0 | is 0; it must lie between 1 and 1048576.
          trefoil.cluster.seeds | a:1,b | is wrong: 'b' is not of the form host:port.
          trefoil.cluster.seeds | a:x | is wrong: 'a:x' does not end in a port from 1 to 65535.
          trefoil.cluster.seeds | a b:1 | has 'a b', which is neither a host's name nor an address.
          trefoil.cluster.name | a b | is 'a b'; it must be 1 to 128 characters, no spaces.
          trefoil.node.name | a b | is 'a b'; it must be 1 to 128 characters, no spaces.
          trefoil.node.zone | a b | is 'a b'; it must be 1 to 128 characters, no spaces.
          trefoil.peer.host | x/y | has 'x/y', which is neither a host's name nor an address.
          trefoil.peer.host | elm.example | names the host 'elm.example', which is unknown.
          trefoil.peer.advertise | elm.example | names the host 'elm.example', which is unknown.
          trefoil.peer.advertise | a: | is wrong: 'a:' is not of the form host:port.
          trefoil.ring.tokens | 0 | is 0; it must lie between 1 and 65536.
          trefoil.ring.weight | 101 | is 101; it must lie between 1 and 100.
          trefoil.limits.value-bytes | 2000000 | is 2000000; it must lie between 1 and 1048576.
          trefoil.limits.open-operations | 0 | is 0; it must lie between 1 and 1048576.
          trefoil.membership.period | 10ms | is 10 ms; it must lie between 400 ms and 60000 ms.
          trefoil.membership.suspicion-min | 1ms | is 1 ms; it must lie between 100 ms and 60000 ms.
          trefoil.lease | 10ms | is 10 ms; it must lie between 1000 ms and 60000 ms.
          trefoil.eviction-delay | 9s | is 9000 ms; it must be longer than trefoil.lease, which is \
          10000 ms.
          trefoil.eviction-delay | 30h | is 108000000 ms; it must lie between 1000 ms and \
          86400000 ms.
          trefoil.storage.reserve-bytes | -1 | is -1; it is 0 or more.
          trefoil.copy.bytes-per-second | 1023 | is 1023; it is 1024 or more.
          trefoil.copy.client-patience | 61s | is 61000 ms; it must lie between 0 ms and 60000 ms.
          trefoil.copy.scrub-every | 9s | is 9000 ms; it must lie between 10000 ms and \
          7776000000 ms.
          trefoil.storage.sync-interval | 0ms | is 0 ms; it must lie between 1 ms and 60000 ms.
          """)
  void wrongValueIsASentenceThatBeginsWithItsKey(String key, String value, String rest) {
    BadSetting refusal = assertThrows(BadSetting.class, () -> read(Map.of(key, value)));

    assertEquals(key + " " + rest, refusal.getMessage());
  }

  @ParameterizedTest
  @CsvSource({
    "trefoil.peer.port,         many",
    "trefoil.storage.engine,    paper",
    "trefoil.storage.sync,      sometimes",
    "trefoil.membership.period, soon",
    "trefoil.peer.prot,         7400"
  })
  void whatIsNoValueAtAllIsRefusedByNameToo(String key, String value) {
    ConfigValidationException refusal =
        assertThrows(ConfigValidationException.class, () -> read(Map.of(key, value)));

    assertTrue(refusal.getMessage().contains(key), refusal.getMessage());
  }

  private static NodePlan read(Map<String, String> given) {
    TrefoilSettings settings =
        new SmallRyeConfigBuilder()
            .withConverter(Duration.class, 300, new DurationConverter())
            .withMapping(TrefoilSettings.class)
            .withDefaultValues(given)
            .build()
            .getConfigMapping(TrefoilSettings.class);
    return new SettingsReader(settings, MACHINE).read(8080);
  }
}
