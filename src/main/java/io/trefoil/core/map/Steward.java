package io.trefoil.core.map;

import io.trefoil.core.model.Rule;
import java.util.Optional;
import java.util.Set;

/// What the next map should be: everything that is due, in one change. A pure function of what is
/// so and what is seen; two stewards at once only get in each other's way.
///
/// Membership may be wrong about who is there. So nothing here is safe because membership is right;
/// it is safe because the council decides, quorums before and after meet, and where they cannot,
/// leases have lapsed.
final class Steward {

  private final Registrar registrar;
  private final Seats seats;
  private final Moves moves;

  Steward(MapPolicy policy, Targets targets, Set<Rule> rules) {
    registrar = new Registrar(policy);
    seats = new Seats(policy);
    moves = new Moves(policy, targets, rules);
  }

  /// The next map; empty if nothing is due.
  Optional<ClusterMap> next(Scene scene) {
    var map = scene.map();
    var all = registrar.members(map, scene.roll(), scene.wishes());
    var council = seats.fill(map.council(), all, scene.roll());
    var sets = moves.next(scene, all);
    var members = registrar.needed(all, council, sets, scene.roll());
    boolean same =
        members.equals(map.members())
            && council.equals(map.council())
            && sets.equals(map.replicaSets());
    return same ? Optional.empty() : Optional.of(map.next(members, council, sets));
  }
}
