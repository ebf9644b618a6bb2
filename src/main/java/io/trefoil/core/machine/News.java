package io.trefoil.core.machine;

import io.trefoil.core.model.Address;
import java.time.Duration;
import java.util.List;

/// What a machine is told by its host or by a sibling.
public sealed interface News {

  /// The node begins its work. Told once, first.
  record Started() implements News {}

  /// The seeds' names were resolved again.
  ///
  /// @param seeds literal addresses, this node's own left out or not
  record SeedsResolved(List<Address> seeds) implements News {}

  /// This node adopted a cluster map.
  record MapAdopted(long epoch) implements News {}

  /// The operator asks something of the cluster by way of this node.
  record Commanded(Command command) implements News {}

  /// The operator stops this node for good.
  record Leaving() implements News {}

  /// The operator stops this node for a while.
  ///
  /// @param back how long it will be away at most
  record Restarting(Duration back) implements News {}
}
