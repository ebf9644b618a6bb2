package io.trefoil.core.model;

/// A register with its key, as a copy of a partition hands it on.
public record Stored(Key key, Register register) {

  /// What stands around key and value: ballots, version, memory; about, in bytes.
  private static final int FRAME_BYTES = 64;

  /// About how many bytes it takes on disk or on the wire.
  public int bytes() {
    int value = register.record().flatMap(Record::value).map(v -> v.bytes().length).orElse(0);
    return FRAME_BYTES + key.utf8().length + value;
  }
}
