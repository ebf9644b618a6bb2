package io.trefoil.api;

import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;
import io.trefoil.core.model.Value;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import java.util.Arrays;
import java.util.List;

/// The value that a request carries, gathered as it arrives: each byte is copied once, into the
/// array that is stored. A body that grows too large is answered at once; what still comes of it is
/// thrown away as it arrives, so that the client gets the answer and the connection stays of use.
final class ValueBody {

  private static final int LONGEST_CONTENT_TYPE = 255;

  private final HttpServerRequest request;
  private final int limit;
  private final String contentType;
  private final UniEmitter<? super Value> emitter;
  private byte[] bytes;
  private int length;
  private boolean over;

  private ValueBody(
      HttpServerRequest request, int limit, String contentType, UniEmitter<? super Value> emitter) {
    this.request = request;
    this.limit = limit;
    this.contentType = contentType;
    this.emitter = emitter;
    this.bytes = new byte[(int) Math.max(0, announced(request.headers()))];
  }

  /// Reads the value of a request that nobody has read from yet, on its own event loop.
  ///
  /// @param limit the most bytes a value may have
  /// @throws Refusal if its headers say that it cannot be a value; the Uni fails with one if the
  ///   body turns out too large or breaks off
  static Uni<Value> read(HttpServerRequest request, int limit) {
    MultiMap headers = request.headers();
    String contentType = contentTypeOf(headers);
    if (announced(headers) > limit) {
      throw tooLarge(limit);
    }
    return Uni.createFrom()
        .emitter(emitter -> new ValueBody(request, limit, contentType, emitter).begin());
  }

  private void begin() {
    if (request.isEnded()) {
      finish();
      return;
    }
    request.handler(this::take);
    request.endHandler(_ -> finish());
    request.exceptionHandler(_ -> emitter.fail(brokenOff()));
    if ("100-continue".equalsIgnoreCase(request.getHeader(HttpHeaders.EXPECT))) {
      request.response().writeContinue();
    }
    request.resume();
  }

  private void take(Buffer chunk) {
    int together = length + chunk.length();
    if (over) {
      return;
    }
    if (together > limit) {
      over = true;
      bytes = null;
      emitter.fail(tooLarge(limit));
      return;
    }
    if (together > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.min(limit, Math.max(together, 2 * bytes.length)));
    }
    chunk.getBytes(bytes, length);
    length = together;
  }

  private void finish() {
    if (!over) {
      byte[] exact = bytes.length == length ? bytes : Arrays.copyOf(bytes, length);
      emitter.complete(new Value(exact, contentType));
    }
  }

  /// The Content-Length; -1 without one. The HTTP decoder has refused what is no number.
  private static long announced(MultiMap headers) {
    String text = headers.get(HttpHeaders.CONTENT_LENGTH);
    return text == null ? -1 : Long.parseLong(text);
  }

  private static String contentTypeOf(MultiMap headers) {
    String encoding = headers.get(HttpHeaders.CONTENT_ENCODING);
    if (encoding != null && !encoding.equalsIgnoreCase("identity")) {
      throw new Refusal(
          Problem.of(
              ProblemKind.UNSUPPORTED_MEDIA_TYPE,
              "The Content-Encoding '%s' would not be kept with the value; send plain bytes."
                  .formatted(encoding)));
    }
    List<String> types = headers.getAll(HttpHeaders.CONTENT_TYPE);
    if (types.size() > 1) {
      throw Refusal.badRequest("The header Content-Type is given " + types.size() + " times.");
    }
    String type = types.isEmpty() || types.getFirst().isBlank() ? Value.OCTETS : types.getFirst();
    if (type.length() > LONGEST_CONTENT_TYPE) {
      throw Refusal.badRequest(
          "The header Content-Type has %d characters; it takes %d at most."
              .formatted(type.length(), LONGEST_CONTENT_TYPE));
    }
    return type;
  }

  private static Refusal tooLarge(int limit) {
    return new Refusal(
        Problem.of(
            ProblemKind.VALUE_TOO_LARGE,
            "The value has more than " + limit + " bytes, the most that this store takes."));
  }

  private static Refusal brokenOff() {
    return Refusal.badRequest("The connection ended before the value did; nothing was stored.");
  }
}
