package io.trefoil.core.machine;

/// Takes a machine's effects in the order they are emitted.
@FunctionalInterface
public interface Sink<M, A, W> {

  /// Takes one effect.
  void emit(Effect<M, A, W> effect);
}
