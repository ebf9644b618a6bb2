package io.trefoil.core.machine;

import io.trefoil.core.model.Key;
import io.trefoil.core.model.NodeId;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// What an operator asks of the cluster by way of this node. Each is answered by one event, told
/// apart by its number: [Event.Surveyed] for a survey, [Event.KeysListed] for a list of keys,
/// [Event.OrderAnswered] for the others, and for what nobody answers.
public sealed interface Command {

  /// Tells this node's commands apart.
  long number();

  /// What the steward is asked for.
  sealed interface OfSteward extends Command {}

  /// What a member holds shall move to others, so that it can be stopped for good.
  record Decommission(long number, String name) implements OfSteward {}

  /// A member shall stay after all.
  record Recommission(long number, String name) implements OfSteward {}

  /// May a member be stopped for a while? Yes holds for some time, and is not said of two members
  /// that cannot be spared together.
  record PrepareStop(long number, String name) implements OfSteward {}

  /// How much does every node keep, and who has a complete copy of a partition?
  ///
  /// @param partition which one; below 0 for none
  record Survey(long number, int partition) implements OfSteward {}

  /// Which keys of a partition may have a value? A quorum of its voters is asked.
  ///
  /// @param after the list begins behind this key; empty for the partition's first
  record ListKeys(long number, int partition, Optional<Key> after) implements Command {}

  /// The council has lost its majority for good: those of it that are left shall go on alone.
  ///
  /// @param givenUp the members of the council that will never be back, each of them
  record ForceCouncil(long number, List<NodeId> givenUp) implements Command {

    /// For so long somebody must have been silent to be given up.
    public static final Duration SILENCE = Duration.ofSeconds(10);
  }
}
