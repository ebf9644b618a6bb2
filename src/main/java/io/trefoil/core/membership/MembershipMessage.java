package io.trefoil.core.membership;

/// What members say to each other: docs/protocols/membership.md has the table.
public sealed interface MembershipMessage {

  /// Are you there?
  record Ping(long number) implements MembershipMessage {}
}
