package io.trefoil.runtime;

import io.trefoil.core.map.ClusterMap;
import io.trefoil.core.model.Ballot;
import io.trefoil.core.model.Holding;
import io.trefoil.core.model.Key;
import io.trefoil.core.model.NodeId;
import io.trefoil.core.model.Outcome;
import io.trefoil.core.model.Record;
import io.trefoil.core.ring.ReplicaSet;
import io.trefoil.core.ring.Token;
import java.util.List;
import java.util.Optional;

/// Draws one key from the map, the membership, and what its voters say they hold.
final class KeyPortrait {

  private KeyPortrait() {}

  /// The key's place and its replicas.
  ///
  /// @param inspected how asking the voters ended
  /// @param complete who has a complete copy of the partition; empty while nobody tells
  static KeyView draw(
      Key key,
      Optional<ClusterMap> map,
      ClusterPortrait cluster,
      Outcome inspected,
      Optional<List<NodeId>> complete) {
    long token = Token.of(key);
    if (map.isEmpty()) {
      return new KeyView(key, token, -1, 0, List.of());
    }
    int partition = map.get().partitions().of(token);
    ReplicaSet set = map.get().replicaSet(partition);
    List<KeyView.Replica> replicas =
        set.all().stream()
            .map(
                voter ->
                    replica(voter, cluster, inspected, complete.map(all -> all.contains(voter))))
            .toList();
    return new KeyView(key, token, partition, set.epoch(), replicas);
  }

  private static KeyView.Replica replica(
      NodeId voter, ClusterPortrait cluster, Outcome inspected, Optional<Boolean> complete) {
    Optional<Holding> holding =
        inspected instanceof Outcome.Inspected(List<Holding> holdings)
            ? holdings.stream().filter(one -> one.node().equals(voter)).findFirst()
            : Optional.empty();
    Optional<Ballot> accepted = holding.map(Holding::accepted);
    Optional<Record> record = holding.flatMap(Holding::record);
    return new KeyView.Replica(
        voter,
        cluster.name(voter),
        cluster.isAlive(voter),
        accepted,
        record.map(Record::version),
        complete,
        record.map(held -> held.value().isEmpty()).orElse(false));
  }
}
