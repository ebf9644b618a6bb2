package io.trefoil.api;

import io.trefoil.core.model.Operation;
import io.trefoil.core.model.Request;
import io.trefoil.core.model.Request.Ack;
import io.vertx.core.MultiMap;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// How a client wants its operation done, as its headers tell. A header of ours that is unknown or
/// wrong is refused, never ignored.
///
/// @param ack whose acknowledgement a write waits for: `Trefoil-Ack`
/// @param idempotency 64-bit hash of the `Idempotency-Key`; 0 without one
/// @param timeoutMillis how long until an answer must be given: `Trefoil-Timeout`
record Preferences(Ack ack, long idempotency, long timeoutMillis) {

  private static final String ACK = "Trefoil-Ack";
  private static final String TIMEOUT = "Trefoil-Timeout";
  private static final String IDEMPOTENCY_KEY = "Idempotency-Key";
  private static final String PREFIX = "trefoil-";
  private static final int LONGEST_IDEMPOTENCY_KEY = 64;

  /// Ours, or of HTTP and asking for what is not done: to ignore them would do something else than
  /// what was asked.
  private static final List<String> NOT_DONE =
      List.of("If-Unmodified-Since", "Content-Range", "Trefoil-TTL");

  /// Reads the headers of a request.
  ///
  /// @throws Refusal naming the header that is wrong
  static Preferences of(MultiMap headers) {
    for (String name : NOT_DONE) {
      if (headers.contains(name)) {
        throw Refusal.badRequest("The header " + name + " is not supported by this version.");
      }
    }
    headers.names().forEach(Preferences::requireKnown);
    return new Preferences(
        single(headers, ACK).map(Preferences::ackOf).orElse(Ack.QUORUM),
        single(headers, IDEMPOTENCY_KEY).map(Preferences::hashOf).orElse(0L),
        single(headers, TIMEOUT)
            .map(Preferences::timeoutOf)
            .orElse(Request.DEFAULT_TIMEOUT_MILLIS));
  }

  /// The operation, to be done so.
  Request request(Operation operation) {
    return new Request(operation, ack, idempotency, timeoutMillis);
  }

  private static void requireKnown(String name) {
    boolean ours = name.regionMatches(true, 0, PREFIX, 0, PREFIX.length());
    if (ours && !name.equalsIgnoreCase(ACK) && !name.equalsIgnoreCase(TIMEOUT)) {
      throw Refusal.badRequest("The header " + name + " is not known to this version.");
    }
  }

  private static Optional<String> single(MultiMap headers, String name) {
    List<String> lines = headers.getAll(name);
    if (lines.size() > 1) {
      throw Refusal.badRequest("The header " + name + " is given " + lines.size() + " times.");
    }
    return lines.stream().findFirst();
  }

  private static Ack ackOf(String text) {
    return switch (text.toLowerCase(Locale.ROOT)) {
      case "quorum" -> Ack.QUORUM;
      case "all" -> Ack.ALL;
      default ->
          throw Refusal.badRequest(
              "The header " + ACK + " is '" + text + "'; it can be 'quorum' or 'all'.");
    };
  }

  private static long hashOf(String text) {
    boolean printable = text.chars().allMatch(c -> c >= ' ' && c < 0x7f);
    if (text.isEmpty() || text.length() > LONGEST_IDEMPOTENCY_KEY || !printable) {
      throw Refusal.badRequest(
          "The header %s has %d characters; it takes 1 to %d printable ASCII characters."
              .formatted(IDEMPOTENCY_KEY, text.length(), LONGEST_IDEMPOTENCY_KEY));
    }
    long hash = sha256(text.getBytes(StandardCharsets.US_ASCII)).getLong();
    return hash == 0 ? 1 : hash;
  }

  /// Every node must come to the same hash, and no client find two keys of the same one.
  private static ByteBuffer sha256(byte[] bytes) {
    try {
      return ByteBuffer.wrap(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every Java platform has SHA-256", impossible);
    }
  }

  private static long timeoutOf(String text) {
    return Timeout.parseMillis(text)
        .orElseThrow(
            () ->
                Refusal.badRequest(
                    "The header "
                        + TIMEOUT
                        + " is '"
                        + text
                        + "'; it takes 1ms to 60s, as a whole number with 'ms' or 's'."));
  }
}
