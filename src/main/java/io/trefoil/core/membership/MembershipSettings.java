package io.trefoil.core.membership;

import java.time.Duration;

/// The knobs of the membership protocol (protocol §2).
///
/// @param period one member is probed each period; longer: less traffic, slower detection
/// @param suspicionMin the shortest time between suspect and dead
public record MembershipSettings(Duration period, Duration suspicionMin) {

  /// The defaults.
  public static final MembershipSettings DEFAULT =
      new MembershipSettings(Duration.ofMillis(500), Duration.ofMillis(1_500));
}
