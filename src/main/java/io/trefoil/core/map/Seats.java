package io.trefoil.core.map;

import io.trefoil.core.map.MapMember.Standing;
import io.trefoil.core.model.NodeId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Stream;

/// The steward's rules about the council. Pure.
///
/// The size is odd, because an even council needs one vote more and survives no death more. It
/// grows with the active members, one up to two, three up to four, then five.
///
/// Seats whose holder is lost go to others; where nobody else is left, five shrink to three, so
/// that deaths one after another leave a majority as long as they can. Three never shrink to one
/// because of deaths: a lone seat would be a coin thrown over which further death stops all change,
/// while of three any two that return are enough. Only members that leave on purpose make it one.
///
/// A holder that is well keeps its seat, and the order stays, also of those for whom nobody else is
/// left: the steward is the first one there, and a map is not made anew to name the same council.
final class Seats {

  private static final int SAFE = 3;

  private final Duration seatDelay;

  Seats(MapPolicy policy) {
    seatDelay = policy.seatDelay();
  }

  /// The council of the next map.
  ///
  /// @param council that of the map in force
  /// @param members those of the next map, before anybody is dropped from it
  List<NodeId> fill(List<NodeId> council, List<MapMember> members, Roll roll) {
    var known = new TreeMap<NodeId, MapMember>();
    members.forEach(member -> known.put(member.id(), member));
    Predicate<NodeId> fit =
        node -> known.get(node).standing() == Standing.ACTIVE && !roll.isLost(node, seatDelay);
    int size = size(members, roll);
    var seats = new ArrayList<>(council.stream().filter(fit).limit(size).toList());
    var others = new ArrayList<>(members);
    others.removeIf(m -> council.contains(m.id()) || !fit.test(m.id()) || !roll.isThere(m.id()));
    while (seats.size() < size && !others.isEmpty()) {
      var next = others.stream().min(fewestOfZone(seats, known)).orElseThrow();
      seats.add(next.id());
      others.remove(next);
    }
    council.stream()
        .filter(node -> !seats.contains(node) && mayReturn(known.get(node), roll))
        .limit(size - seats.size())
        .forEach(seats::add);
    return seats.isEmpty() ? council : inOrder(council, seats.subList(0, odd(seats.size())));
  }

  /// Those who sat already where they were, newcomers behind them.
  private static List<NodeId> inOrder(List<NodeId> council, List<NodeId> seats) {
    var sitting = council.stream().filter(seats::contains);
    return Stream.concat(sitting, seats.stream().filter(node -> !council.contains(node))).toList();
  }

  private static int size(List<MapMember> members, Roll roll) {
    long active = members.stream().filter(m -> m.standing() == Standing.ACTIVE).count();
    long mayReturn = members.stream().filter(m -> mayReturn(m, roll)).count();
    int wanted = odd(Math.clamp(active, 1, Founding.MAX_COUNCIL));
    return Math.max(wanted, odd(Math.clamp(mayReturn, 1, SAFE)));
  }

  /// The largest odd number up to this one.
  static int odd(int count) {
    return count - 1 + count % 2;
  }

  private static boolean mayReturn(MapMember member, Roll roll) {
    return member.standing() != Standing.LEAVING && !roll.isGone(member.id());
  }

  private static Comparator<MapMember> fewestOfZone(
      List<NodeId> seats, TreeMap<NodeId, MapMember> known) {
    return Comparator.<MapMember>comparingLong(
            m -> seats.stream().filter(s -> known.get(s).zone().equals(m.zone())).count())
        .thenComparing(MapMember::id);
  }
}
