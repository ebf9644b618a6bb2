package io.trefoil.storage;

import io.trefoil.core.model.Key;
import java.io.IOException;

/// A stored register whose checksum is wrong, or whose bytes make no sense. Only the copy of its
/// partition is lost by that, not the store: what lies elsewhere is checked when it is read.
public final class DamagedCopy extends IOException {

  private static final long serialVersionUID = 1;

  /// Names the register and what gave it away.
  DamagedCopy(int partition, Key key, Exception cause) {
    super(
        "The register of key '"
            + key
            + "' in partition "
            + partition
            + " is damaged: "
            + cause.getMessage(),
        cause);
  }

  /// Names the partition, where nothing tells which of its registers it is.
  DamagedCopy(int partition, Exception cause) {
    super("A register in partition " + partition + " is damaged: " + cause.getMessage(), cause);
  }
}
