package io.trefoil.core.membership;

import io.trefoil.core.model.NodeId;
import io.trefoil.core.model.Peer;
import java.time.Duration;
import java.util.List;

/// What members say to each other: docs/protocols/membership.md has the table. `claims` is what the
/// sender has to tell besides; if the receiver itself is accused, that accusation comes first.
public sealed interface MembershipMessage {

  /// Are you there? Answered by [Ack], or by [WrongTarget].
  ///
  /// @param number drawn by the sender, not repeated in its run; the answer carries it
  /// @param target whom it is meant for
  /// @param sender what the sender says of itself
  record Ping(long number, NodeId target, Claim sender, List<Claim> claims)
      implements MembershipMessage {}

  /// I am here: answers [Ping], and [Relay] if the target answered the relay.
  ///
  /// @param number the question's
  /// @param responder what the target says of itself, also when a relay hands it on
  record Ack(long number, Claim responder, List<Claim> claims) implements MembershipMessage {}

  /// Try to reach the target for me. Answered by [Ack] or, before the time is up, by [Nack].
  ///
  /// @param number drawn by the asker; the answer carries it
  /// @param target whom to ping, and where
  /// @param patience how long the asker waits for the answer
  record Relay(long number, Peer target, Duration patience, List<Claim> claims)
      implements MembershipMessage {}

  /// I am here, but the target did not answer me: answers [Relay].
  record Nack(long number) implements MembershipMessage {}

  /// I am not the one you mean: answers [Ping].
  ///
  /// @param number the ping's
  /// @param meant whom the ping named
  /// @param sender who has the address now
  record WrongTarget(long number, NodeId meant, Claim sender) implements MembershipMessage {}

  /// News, without a question.
  record Gossip(List<Claim> claims) implements MembershipMessage {}

  /// To a seed, whoever it is: take me in. The seed pings the sender's address first; [Welcome]
  /// answers once that was acknowledged.
  ///
  /// @param number drawn by the sender; the answer carries it
  record Join(long number, Claim sender) implements MembershipMessage {}

  /// All that the sender holds, gone members too: answers [Join]. Large in large clusters.
  record Welcome(long number, Claim sender, List<Claim> claims) implements MembershipMessage {}

  /// Is your view mine? Answered by [Differ], or by nothing if it is.
  record Compare(Digest digest) implements MembershipMessage {}

  /// Answers [Compare]: our views differ. Answered by [Reconcile].
  ///
  /// @param buckets the numbers of the buckets that differ, increasing, 0 to 255
  /// @param claims all that the sender holds in them
  record Differ(List<Integer> buckets, List<Claim> claims) implements MembershipMessage {}

  /// Answers [Differ]: all that the sender holds in the buckets that differ.
  record Reconcile(List<Claim> claims) implements MembershipMessage {}
}
