package io.trefoil.api;

import io.trefoil.core.model.Ballot;
import io.trefoil.core.model.Version;
import io.trefoil.runtime.KeyView;
import java.util.List;
import java.util.stream.IntStream;

/// Where a key lies and what each of its replicas holds, as JSON. What is not known is null.
///
/// @param key the key
/// @param token its place on the ring, 16 hexadecimal digits
/// @param partition its arc of the ring; null while no map is known
/// @param epoch the map epoch of the partition's last change of voters
/// @param replicas its voters in ring order
public record KeyAnswer(
    String key, String token, Integer partition, long epoch, List<Replica> replicas) {

  private static final List<String> ROLES = List.of("primary", "secondary", "tertiary");

  /// One voter of the key.
  ///
  /// @param role primary, secondary, tertiary; further ones are voters
  /// @param id its identity
  /// @param name the operator's name for it
  /// @param alive whether membership holds it to be alive
  /// @param answered whether it answered just now
  /// @param accepted the ballot it accepted last; null if none, or if it did not answer
  /// @param version the write that made what it holds, as in an ETag; null likewise
  /// @param complete whether its copy of the partition is complete, as it told the council last;
  ///   null while nobody tells
  /// @param deleted whether what it holds is the mark of a deleted key
  public record Replica(
      String role,
      String id,
      String name,
      boolean alive,
      boolean answered,
      String accepted,
      String version,
      Boolean complete,
      boolean deleted) {

    private static Replica of(int place, KeyView.Replica replica) {
      return new Replica(
          place < ROLES.size() ? ROLES.get(place) : "voter",
          replica.id().toString(),
          replica.name(),
          replica.alive(),
          replica.accepted().isPresent(),
          replica.accepted().filter(b -> b.above(Ballot.ZERO)).map(Ballot::toString).orElse(null),
          replica.version().map(Version::tag).orElse(null),
          replica.complete().orElse(null),
          replica.deleted());
    }
  }

  /// Writes a view.
  static KeyAnswer of(KeyView view) {
    return new KeyAnswer(
        view.key().text(),
        "%016x".formatted(view.token()),
        view.partition() < 0 ? null : view.partition(),
        view.epoch(),
        IntStream.range(0, view.replicas().size())
            .mapToObj(place -> Replica.of(place, view.replicas().get(place)))
            .toList());
  }
}
