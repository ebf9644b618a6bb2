package io.trefoil.wire;

import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/// What a node seals its packets with, and what it accepts (`trefoil.peer.keys`). The first entry
/// is used to send; each of them is accepted. An entry is a key, or empty for packets that are not
/// sealed. Several entries are how a running cluster gets a key, or changes it, without a pause.
public final class ClusterKeys {

  /// The entry for packets that are not sealed.
  public static final String UNSEALED = "none";

  /// Nothing is sealed.
  public static final ClusterKeys NONE = new ClusterKeys(List.of(Optional.empty()));

  private static final int HEX_DIGITS = 2 * ClusterKey.BYTES;

  private final List<Optional<ClusterKey>> entries;

  private ClusterKeys(List<Optional<ClusterKey>> entries) {
    this.entries = entries;
  }

  /// Reads entries as an operator writes them: 64 hexadecimal digits, 32 bytes in base64, or the
  /// word `none`.
  ///
  /// @throws IllegalArgumentException with the rest of a sentence that begins with the setting; it
  ///   tells the place of the entry that is wrong, and never its text
  public static ClusterKeys parse(List<String> texts) {
    if (texts.isEmpty()) {
      throw new IllegalArgumentException("is empty; it has one entry at least");
    }
    List<Optional<ClusterKey>> entries = new ArrayList<>();
    List<String> names = new ArrayList<>();
    for (String text : texts) {
      Optional<ClusterKey> entry = entry(text.strip(), entries.size() + 1);
      String name = name(entry);
      if (names.contains(name)) {
        throw new IllegalArgumentException(
            "has the same entry twice, as number %d and number %d"
                .formatted(names.indexOf(name) + 1, names.size() + 1));
      }
      names.add(name);
      entries.add(entry);
    }
    return new ClusterKeys(List.copyOf(entries));
  }

  private static Optional<ClusterKey> entry(String text, int number) {
    if (text.equals(UNSEALED)) {
      return Optional.empty();
    }
    try {
      byte[] secret =
          text.length() == HEX_DIGITS
              ? HexFormat.of().parseHex(text)
              : Base64.getDecoder().decode(text);
      return Optional.of(new ClusterKey(secret));
    } catch (IllegalArgumentException _) {
      // What it says may quote the secret.
      throw new IllegalArgumentException(
          "has as entry number "
              + number
              + " neither 64 hexadecimal digits nor 32 bytes in base64 nor the word 'none'; "
              + "make a key with: openssl rand -hex 32");
    }
  }

  private static String name(Optional<ClusterKey> entry) {
    return entry.map(ClusterKey::toString).orElse(UNSEALED);
  }

  /// What packets are sealed with; empty if they are not.
  Optional<ClusterKey> sending() {
    return entries.getFirst();
  }

  /// Whether packets that are not sealed are taken.
  boolean acceptUnsealed() {
    return entries.contains(Optional.<ClusterKey>empty());
  }

  /// Whether there is any key at all.
  public boolean isNone() {
    return entries.stream().allMatch(Optional::isEmpty);
  }

  /// The key of this id.
  Optional<ClusterKey> key(int id) {
    for (Optional<ClusterKey> entry : entries) {
      if (entry.isPresent() && entry.get().id() == id) {
        return entry;
      }
    }
    return Optional.empty();
  }

  /// The keys by their ids, never their secrets; the first is the one in use.
  @Override
  public String toString() {
    return entries.stream().map(ClusterKeys::name).collect(Collectors.joining(", "));
  }
}
