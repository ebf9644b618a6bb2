package io.trefoil.core.stabilization;

import io.trefoil.core.model.Ballot;
import io.trefoil.core.model.Stored;
import java.time.Duration;
import java.util.BitSet;
import java.util.List;

/// This node's copies, as stabilization sees them: the replica behind it takes what others hold.
public interface Installer {

  /// A partition is being copied from a co-voter, from before it is asked until all that it
  /// answered is durable; or no longer. No tombstone of the partition is forgotten here meanwhile
  /// (!): what the co-voter said before may be older than the tombstone, and nothing else here
  /// knows better.
  void copying(int partition, boolean isCopying);

  /// Takes registers of a partition from a co-voter: of each the higher accepted ballot stays. What
  /// a promise keeps from being taken is repaired by the register protocol.
  ///
  /// @param entries registers of that partition that hold a record, tombstones included
  /// @param floor the co-voter's floor, below which nothing new may be accepted
  /// @param ticket comes back as [io.trefoil.core.machine.Input.Persisted] when all of it is
  ///   durable here, never within this call; not at all if the partition is erased meanwhile
  void install(int partition, List<Stored> entries, Ballot floor, long ticket);

  /// A part of a copy here was read.
  void read(int partition, List<Stored> registers);

  /// A copy was read through, and so many keys found, of so many bytes.
  void counted(int partition, long keys, long bytes);

  /// How many keys have a value here, about.
  long keys();

  /// How many bytes these take, about.
  long bytes();

  /// The partitions of which something accepted here a while ago is not known to be on all voters.
  BitSet overdue();

  /// A copy here was found equal on all its voters: nothing accepted here until then is pending.
  ///
  /// @param untilNanos what was accepted later than that, on the monotonic clock, is not meant
  void foundEqual(int partition, long untilNanos);

  /// Something of a copy here cannot be read.
  ///
  /// @return whether that is news
  boolean damage(int partition);

  /// Whether something of a copy here cannot be read: then it neither counts nor is asked, until
  /// its node comes into the replica set anew.
  boolean isDamaged(int partition);

  /// Whether a client of this node has been kept waiting for longer than that.
  boolean isClientWaiting(Duration longer);

  /// Whether there is a copy of a partition here, voted for or not.
  boolean holds(int partition);

  /// Erases the copy of a partition that this node does not vote for.
  void drop(int partition);

  /// The ballot that everything newly accepted for a partition must exceed.
  Ballot floor(int partition);
}
