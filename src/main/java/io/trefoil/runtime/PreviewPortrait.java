package io.trefoil.runtime;

import io.trefoil.core.map.ClusterMap;
import io.trefoil.core.map.MapMember;
import io.trefoil.core.map.MapMember.Standing;
import io.trefoil.core.map.Preview;
import io.trefoil.core.model.Address;
import io.trefoil.core.model.NodeId;
import io.trefoil.core.model.Stock;
import io.trefoil.core.ring.Token;
import io.trefoil.runtime.PreviewView.Change;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// Draws what a change of members would move, from the map and from what the nodes keep.
final class PreviewPortrait {

  /// Tokens follow from a node's id, which a node that does not exist yet has not drawn: one made
  /// of its name is as good.
  private static final Address NOWHERE = new Address("0.0.0.0", 0);

  private PreviewPortrait() {}

  /// The change, looked at.
  ///
  /// @param stocks what the nodes keep; empty while nobody tells
  /// @return empty if no member that has a share of the ring has the name of the one to leave
  static Optional<PreviewView> draw(ClusterMap map, Change change, List<Stock> stocks) {
    return switch (change) {
      case Change.Join(String name, String zone, int weight) -> {
        NodeId id = new NodeId(Token.hash(name.getBytes(StandardCharsets.UTF_8)));
        MapMember joiner = MapMember.active(id, name, zone, weight, NOWHERE);
        yield Optional.of(view(map, Preview.join(map, joiner), stocks));
      }
      case Change.Leave(String name) ->
          map.members().stream()
              .filter(m -> m.standing() == Standing.ACTIVE && m.name().equals(name))
              .findFirst()
              .map(leaver -> view(map, Preview.leave(map, leaver.id()), stocks));
    };
  }

  private static PreviewView view(ClusterMap map, Preview preview, List<Stock> stocks) {
    return new PreviewView(
        map.epoch(),
        preview.partitions(),
        preview.copies(),
        preview.total(),
        bytes(map, preview.copies(), stocks),
        peakToMean(preview.shares()),
        preview.peakToMean(),
        preview.shares().stream()
            .map(s -> new PreviewView.Share(s.member().name(), s.before(), s.after()))
            .sorted(Comparator.comparing(PreviewView.Share::name))
            .toList());
  }

  /// As many as copies of the mean size have.
  private static Optional<Long> bytes(ClusterMap map, int copies, List<Stock> stocks) {
    List<NodeId> told = stocks.stream().map(Stock::node).toList();
    long kept =
        map.replicaSets().stream()
            .mapToLong(set -> set.all().stream().filter(told::contains).count())
            .sum();
    long bytes = stocks.stream().mapToLong(Stock::bytes).sum();
    return kept == 0 ? Optional.empty() : Optional.of(Math.round((double) bytes / kept * copies));
  }

  private static double peakToMean(List<Preview.Share> shares) {
    List<Integer> kept =
        shares.stream().map(Preview.Share::before).filter(before -> before > 0).toList();
    int peak = kept.stream().mapToInt(Integer::intValue).max().orElse(0);
    double mean = kept.stream().mapToInt(Integer::intValue).average().orElse(1);
    return peak / mean;
  }
}
