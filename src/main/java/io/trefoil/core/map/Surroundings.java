package io.trefoil.core.map;

import io.trefoil.core.machine.Now;
import io.trefoil.core.model.NodeId;
import io.trefoil.core.model.Peer;
import java.util.List;

/// What the map machine sees of its node's other machines.
public interface Surroundings {

  /// Everybody that membership knows of, this node included.
  List<Sighting> sightings(Now now);

  /// Where a member is reached.
  Peer peer(NodeId node);

  /// Whether this node holds itself to be cut off; then it proposes nothing.
  boolean isIsolated();

  /// How far this node's copies are.
  Progress progress();
}
