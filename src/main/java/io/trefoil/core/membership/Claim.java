package io.trefoil.core.membership;

import io.trefoil.core.model.MemberState;
import io.trefoil.core.model.NodeId;
import java.time.Duration;

/// One statement about one member: the unit of gossip. Of two claims about a subject the one with
/// the higher (run, incarnation) wins, then the later [MemberState].
///
/// @param subject whom it is about
/// @param run the subject's boot counter
/// @param incarnation how often the subject refuted in that run; only the subject raises it
/// @param state what it is held to be
/// @param accuser who says so: the subject itself, or whoever suspects it
/// @param absence how long a restarting subject will be away at most; zero in every other state
/// @param profile what the subject said of itself last
public record Claim(
    NodeId subject,
    long run,
    long incarnation,
    MemberState state,
    NodeId accuser,
    Duration absence,
    Profile profile) {

  private static final int FIXED_BYTES = 112;

  /// What a member says of itself.
  public static Claim own(
      NodeId self, long run, long incarnation, MemberState state, Profile profile) {
    return new Claim(self, run, incarnation, state, self, Duration.ZERO, profile);
  }

  /// The same evidence turned against the subject.
  ///
  /// @param newState suspect or dead
  public Claim accusedBy(NodeId newAccuser, MemberState newState) {
    return new Claim(subject, run, incarnation, newState, newAccuser, Duration.ZERO, profile);
  }

  /// Whether this claim overrides the other about the same subject. Accuser and profile do not
  /// count.
  public boolean overrides(Claim other) {
    return compareEvidence(other) > 0;
  }

  /// Compares (run, incarnation, state): positive if this is the stronger evidence.
  public int compareEvidence(Claim other) {
    int byRun = Long.compare(run, other.run);
    if (byRun != 0) {
      return byRun;
    }
    int byIncarnation = Long.compare(incarnation, other.incarnation);
    return byIncarnation != 0 ? byIncarnation : state.compareTo(other.state);
  }

  /// An upper bound of its size in a packet, in bytes: the texts in UTF-8, and every number at its
  /// longest.
  public int encodedBytes() {
    return FIXED_BYTES
        + utf8Bytes(profile.name())
        + utf8Bytes(profile.address().host())
        + utf8Bytes(profile.zone())
        + utf8Bytes(profile.http());
  }

  private static int utf8Bytes(String text) {
    int bytes = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      bytes += c < 0x80 ? 1 : c < 0x800 ? 2 : 3;
    }
    return bytes;
  }
}
