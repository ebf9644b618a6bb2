package io.trefoil.api;

import io.smallrye.mutiny.Uni;
import io.trefoil.core.model.Value;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Optional;

/// The JSON object that an operator's request carries, read strictly: a field that is missing, of
/// another kind or unknown is refused by its name.
///
/// @param fields what was sent
record JsonBody(JsonObject fields) {

  private static final int LIMIT = 1 << 16;

  /// Reads the body of a request that nobody has read from yet.
  ///
  /// @param known the fields that mean something
  static Uni<JsonBody> read(HttpServerRequest request, List<String> known) {
    return ValueBody.read(request, LIMIT).map(value -> of(value, known));
  }

  private static JsonBody of(Value value, List<String> known) {
    JsonBody body = new JsonBody(parse(value));
    body.requireKnown(known);
    return body;
  }

  /// Refuses fields that mean nothing here.
  void requireKnown(List<String> known) {
    for (String name : fields.fieldNames()) {
      if (!known.contains(name)) {
        throw Refusal.badRequest(
            "The field '%s' means nothing here; known: %s."
                .formatted(name, String.join(", ", known)));
      }
    }
  }

  /// A field that is an object.
  Optional<JsonBody> object(String name) {
    return optional(name, JsonObject.class, "an object").map(JsonBody::new);
  }

  /// A text of 1 to 128 characters.
  String text(String name) {
    return optionalText(name)
        .filter(text -> !text.isBlank() && text.length() <= 128)
        .orElseThrow(() -> wrong(name, "a text of 1 to 128 characters"));
  }

  /// A text, if there is one.
  Optional<String> optionalText(String name) {
    return optional(name, String.class, "a text");
  }

  /// A whole number, if there is one.
  Optional<Integer> number(String name) {
    return optional(name, Integer.class, "a whole number");
  }

  /// A list of texts.
  List<String> texts(String name) {
    JsonArray array =
        optional(name, JsonArray.class, "a list of texts")
            .orElseThrow(() -> wrong(name, "a list of texts"));
    if (!array.stream().allMatch(String.class::isInstance)) {
      throw wrong(name, "a list of texts");
    }
    return array.stream().map(String.class::cast).toList();
  }

  private <T> Optional<T> optional(String name, Class<T> type, String kind) {
    Object value = fields.getValue(name);
    if (value != null && !type.isInstance(value)) {
      throw wrong(name, kind);
    }
    return Optional.ofNullable(value).map(type::cast);
  }

  private static Refusal wrong(String name, String kind) {
    return Refusal.badRequest("The field '" + name + "' must be " + kind + ".");
  }

  private static JsonObject parse(Value value) {
    try {
      return new JsonObject(Buffer.buffer(value.bytes()));
    } catch (DecodeException | ClassCastException _) {
      throw Refusal.badRequest("The body is no JSON object.");
    }
  }
}
