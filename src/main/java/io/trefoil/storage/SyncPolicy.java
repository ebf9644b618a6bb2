package io.trefoil.storage;

import java.time.Duration;

/// When commits are made to survive a loss of power.
///
/// @param always with every commit, before it is reported
/// @param interval otherwise, the time between two syncs
public record SyncPolicy(boolean always, Duration interval) {

  /// Nothing is reported before it is on disk.
  public static final SyncPolicy ALWAYS = new SyncPolicy(true, Duration.ZERO);

  /// Everything is reported before it is on disk.
  ///
  /// @param interval the time between two syncs: what a loss of power can take, at most
  public static SyncPolicy every(Duration interval) {
    return new SyncPolicy(false, interval);
  }
}
