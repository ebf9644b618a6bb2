package io.trefoil.simulation.world;

import io.trefoil.core.machine.Machine;
import io.trefoil.core.node.Alarm;
import io.trefoil.core.node.Envelope;
import io.trefoil.core.node.NodeSettings;
import io.trefoil.core.node.Recovered;
import io.trefoil.core.node.Write;

/// Makes the machine that a host runs: the product's node, or in tests of the world a toy.
@FunctionalInterface
public interface NodeFactory {

  /// A machine for one run of a process.
  ///
  /// @param seed for its randomness
  Machine<Envelope, Alarm, Write> create(NodeSettings settings, Recovered recovered, long seed);
}
