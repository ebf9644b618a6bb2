package io.trefoil.api;

import io.trefoil.core.model.Key;
import io.trefoil.runtime.KeysView;
import java.util.List;

/// A part of a partition's keys as JSON.
///
/// @param partition which one
/// @param partitions how many there are
/// @param keys in the order of their bytes
/// @param next what to say as `after` for the next part; null if there is none
public record KeysAnswer(int partition, int partitions, List<String> keys, String next) {

  /// Writes a view.
  static KeysAnswer of(int partition, KeysView view) {
    return new KeysAnswer(
        partition,
        view.partitions(),
        view.keys().stream().map(Key::text).toList(),
        view.next().map(Key::text).orElse(null));
  }
}
