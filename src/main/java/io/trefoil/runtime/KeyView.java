package io.trefoil.runtime;

import io.trefoil.core.model.Ballot;
import io.trefoil.core.model.Key;
import io.trefoil.core.model.NodeId;
import io.trefoil.core.model.Version;
import java.util.List;
import java.util.Optional;

/// Where one key lies and what each of its replicas holds: what `GET /v1/cluster/keys/{key}` tells.
///
/// @param key the key
/// @param token its place on the ring, an unsigned number
/// @param partition its arc of the ring; -1 while no map is known
/// @param epoch the map epoch of the partition's last change of voters; 0 while no map is known
/// @param replicas its voters in ring order: primary, secondary, tertiary; none while no map is
///   known
public record KeyView(Key key, long token, int partition, long epoch, List<Replica> replicas) {

  /// One voter of the key.
  ///
  /// @param id its identity
  /// @param name the operator's name for it
  /// @param alive whether membership holds it to be alive
  /// @param accepted the ballot it accepted last, [Ballot#ZERO] if it has none; empty if it did not
  ///   answer when asked just now
  /// @param version the write that made what it holds; empty if it holds nothing or did not answer
  /// @param complete whether its copy of the partition is complete, as it told the council last;
  ///   empty while nobody tells
  /// @param deleted whether what it holds is the mark of a deleted key
  public record Replica(
      NodeId id,
      String name,
      boolean alive,
      Optional<Ballot> accepted,
      Optional<Version> version,
      Optional<Boolean> complete,
      boolean deleted) {}
}
