package io.trefoil.core.node;

import io.trefoil.core.model.NodeId;
import io.trefoil.core.ring.Token;
import java.nio.charset.StandardCharsets;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/// All the chance of one node: a stream of random numbers of its own for each seed, node, run and
/// purpose.
///
/// @param seed what the host or the simulator gave
/// @param id the node
/// @param run its boot counter
record Streams(long seed, NodeId id, long run) {

  /// The stream for one purpose.
  RandomGenerator of(String purpose) {
    long mixed = (seed * 31 + id.bits()) * 31 + run;
    return new SplittableRandom(mixed * 31 + Token.hash(purpose.getBytes(StandardCharsets.UTF_8)));
  }
}
