package io.trefoil.api;

import io.trefoil.core.model.Condition;
import io.trefoil.core.model.Record;
import io.vertx.core.MultiMap;
import java.util.List;
import java.util.Optional;

/// What the conditional headers of a request (RFC 9110 §13.1) ask of a key. A header that cannot be
/// honoured is refused: a write that ignores its condition overwrites what it was meant to spare.
final class Conditions {

  /// The header that only a write takes.
  static final String IF_MATCH = "If-Match";

  private static final String IF_NONE_MATCH = "If-None-Match";

  private Conditions() {}

  /// The condition of a PUT: `If-Match: *` updates, `If-Match: "..."` compares and sets,
  /// `If-None-Match: *` creates.
  static Condition ofPut(MultiMap headers) {
    boolean match = headers.contains(IF_MATCH);
    if (!headers.contains(IF_NONE_MATCH)) {
      return match ? matching(headers) : new Condition.Always();
    }
    if (match) {
      throw Refusal.badRequest(
          "The headers If-Match and If-None-Match contradict each other; send one of them.");
    }
    if (!tags(headers, IF_NONE_MATCH).any()) {
      throw Refusal.badRequest(
          "The header If-None-Match of a PUT can only be *, to create a key that has no value.");
    }
    return new Condition.Absent();
  }

  /// The condition of a POST, which creates and takes no other.
  static Condition ofPost(MultiMap headers) {
    refuse(headers, IF_MATCH, "POST creates; to write on a condition use PUT");
    refuse(headers, IF_NONE_MATCH, "POST creates and needs no condition for it");
    return new Condition.Absent();
  }

  /// The condition of a DELETE.
  static Condition ofDelete(MultiMap headers) {
    refuse(headers, IF_NONE_MATCH, "DELETE takes If-Match only");
    return headers.contains(IF_MATCH) ? matching(headers) : new Condition.Present();
  }

  /// What a reader has already, so that it need not be sent again: compared weakly, as caches do.
  static Optional<EntityTags> ofRead(MultiMap headers) {
    refuse(headers, IF_MATCH, "GET and HEAD take If-None-Match only");
    return headers.contains(IF_NONE_MATCH)
        ? Optional.of(tags(headers, IF_NONE_MATCH))
        : Optional.empty();
  }

  /// Whether a reader has this record.
  static boolean has(Optional<EntityTags> reader, Record record) {
    return reader.filter(t -> t.any() || t.versions().contains(record.version())).isPresent();
  }

  private static Condition matching(MultiMap headers) {
    EntityTags tags = tags(headers, IF_MATCH);
    if (tags.hasWeak()) {
      throw Refusal.badRequest(
          "The header If-Match holds a weak entity tag (W/), which never matches; send the strong"
              + " one that the store gave.");
    }
    return tags.any() ? new Condition.Present() : new Condition.VersionIn(tags.versions());
  }

  private static EntityTags tags(MultiMap headers, String name) {
    List<String> lines = headers.getAll(name);
    return EntityTags.parse(name, lines);
  }

  private static void refuse(MultiMap headers, String name, String why) {
    if (headers.contains(name)) {
      throw Refusal.badRequest(
          "The header " + name + " does not go with this method: " + why + ".");
    }
  }
}
