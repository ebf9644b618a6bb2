package io.trefoil.core.map;

import io.trefoil.core.map.MapMember.Standing;
import io.trefoil.core.model.NodeId;
import java.util.Collection;
import java.util.Map;
import java.util.function.Predicate;

/// What the steward goes by at one moment.
///
/// @param map in force
/// @param roll who is there
/// @param reports how far the copies are
/// @param silent whether voters surely hold no lease, so that they may be left behind
/// @param wishes what the operator wants of members, by name
record Scene(
    ClusterMap map,
    Roll roll,
    Reports reports,
    Predicate<Collection<NodeId>> silent,
    Map<String, Standing> wishes) {}
