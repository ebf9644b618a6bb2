package io.trefoil.core.membership;

import static io.trefoil.core.membership.OneNode.alive;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.trefoil.core.model.Address;
import io.trefoil.core.model.MemberState;
import io.trefoil.core.model.NodeId;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/// Claims, digests and settings.
class ValuesTest {

  @Test
  void sizeOfAClaimGrowsByTheUtf8BytesOfItsTexts() {
    String name = "nœud-é-結-😀";
    Claim plain = claim("", "h", "");
    int texts = name.getBytes(StandardCharsets.UTF_8).length + 3 + 4;

    int grown = claim(name, "hhhh", "zone").encodedBytes() - plain.encodedBytes();

    assertTrue(grown >= texts && grown <= texts + 4, grown + " for " + texts);
  }

  @Test
  void accusationKeepsTheEvidenceAndTheProfile() {
    Claim accusation = alive(2, 3).accusedBy(new NodeId(7), MemberState.SUSPECT);

    assertEquals(3, accusation.incarnation());
    assertEquals(new NodeId(7), accusation.accuser());
    assertEquals(OneNode.profile(2), accusation.profile());
  }

  @Test
  void digestIsAValueOf256Sums() {
    int[] sums = new int[Digest.BUCKETS];
    Digest digest = new Digest(sums);
    sums[3] = 1;

    assertEquals(new Digest(new int[Digest.BUCKETS]), digest);
    assertNotEquals(new Digest(sums), digest);
    assertThrows(IllegalArgumentException.class, () -> new Digest(new int[7]));
  }

  @Test
  void settingsThatCannotWorkAreRefusedByName() {
    MembershipSettings settings = MembershipSettings.DEFAULT;

    assertRefused("relayAfter", () -> settings.withPeriod(Duration.ofMillis(300)));
    assertRefused("suspicionMin", () -> settings.withSuspicionMin(Duration.ZERO));
  }

  @Test
  void settingsCanBeVaried() {
    MembershipSettings settings =
        MembershipSettings.DEFAULT
            .withPeriod(Duration.ofSeconds(1))
            .withSuspicionMin(Duration.ofSeconds(3));

    assertEquals(Duration.ofSeconds(1), settings.period());
    assertEquals(Duration.ofSeconds(3), settings.suspicionMin());
  }

  private static void assertRefused(String knob, Runnable change) {
    String message = assertThrows(IllegalArgumentException.class, change::run).getMessage();
    assertTrue(message.contains(knob), message);
  }

  private static Claim claim(String name, String host, String zone) {
    Profile profile = new Profile(name, new Address(host, 1), zone, 1, "", 1);
    return Claim.own(new NodeId(1), 1, 0, MemberState.ALIVE, profile);
  }
}
