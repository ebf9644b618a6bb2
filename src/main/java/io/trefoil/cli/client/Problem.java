package io.trefoil.cli.client;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.time.Duration;

/// Why a request brought nothing, told by a node or found out on the way to one.
///
/// @param name the last part of the problem's `urn:trefoil:problem:NAME`, or `unreachable`,
///   `no-answer`, `not-understood` for what happened on the way
/// @param status the HTTP status; 0 if there was no answer
/// @param ending what is known of the operation
/// @param sentence what is wrong, for a reader
/// @param retryAfter how long the node asks to wait before a repetition; zero if it does not
/// @param endpoint who was asked
/// @param told the problem JSON as it came; missing if there was none
public record Problem(
    String name,
    int status,
    Ending ending,
    String sentence,
    Duration retryAfter,
    URI endpoint,
    JsonNode told) {

  /// Whether the same request may succeed later, here or at another node: nothing was done, and the
  /// reason is not the request itself.
  public boolean isWorthRepeating() {
    return ending == Ending.NONE && (status == 0 || status == 429 || status >= 500);
  }
}
