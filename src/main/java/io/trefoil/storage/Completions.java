package io.trefoil.storage;

import io.trefoil.core.model.Register;
import io.trefoil.core.model.Stretch;

/// Takes what [CommitLoop] has done, always on the node's event loop.
public interface Completions {

  /// A write is kept, and so is every write handed over before it.
  void persisted(long ticket);

  /// A register was read.
  void fetched(long ticket, Register register);

  /// A part of a partition was read.
  void scanned(long ticket, Stretch stretch);

  /// A register is damaged, and with it this node's copy of its partition, which the store has
  /// noted.
  ///
  /// @param reason a sentence
  void unreadable(long ticket, String reason);

  /// A group of writes was kept.
  ///
  /// @param writes how many
  /// @param nanos how long the commit took, the sync included
  void committed(int writes, long nanos);

  /// The store failed; nothing will be completed any more. Told once.
  ///
  /// @param reason a sentence
  void failed(String reason);
}
