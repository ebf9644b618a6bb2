package io.trefoil.core.machine;

/// One protocol as a pure state machine: an input and the time go in, effects come out, nothing
/// else happens. The same machine runs in production and in the simulator (docs/decisions/0002).
///
/// @param <M> the protocol's messages
/// @param <A> its alarms
/// @param <W> what it writes to disk
public interface Machine<M, A, W> {

  /// Takes one input.
  ///
  /// @param input what happened
  /// @param now when
  /// @param out takes the effects, in order
  void on(Input<M, A> input, Now now, Sink<M, A, W> out);
}
