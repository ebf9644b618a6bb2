package io.trefoil.api;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The parameters of a query, each at most once, none unknown: a `?` of a key that was not encoded
/// shows up here, and must not silently cut the key.
///
/// @param values raw values by name
record QueryParameters(Map<String, String> values) {

  private static final List<String> LISTING = List.of("prefix", "after", "limit");

  /// Reads a query.
  ///
  /// @param query the raw query, empty for none
  /// @param known the parameters that mean something to this request
  /// @throws Refusal for a parameter that is unknown, given twice or wrongly encoded
  static QueryParameters parse(String query, List<String> known) {
    if (query.isEmpty()) {
      return new QueryParameters(Map.of());
    }
    var values = new LinkedHashMap<String, String>();
    for (String pair : query.split("&", -1)) {
      int sign = pair.indexOf('=');
      String name = nameOf(sign < 0 ? pair : pair.substring(0, sign), known);
      if (values.put(name, sign < 0 ? "" : pair.substring(sign + 1)) != null) {
        throw Refusal.badRequest("The query parameter '" + name + "' is given twice.");
      }
    }
    return new QueryParameters(values);
  }

  /// A parameter's value, a plus sign standing for a space as forms and HTTP clients write it.
  ///
  /// @throws IllegalArgumentException with a sentence about what is wrong with its encoding
  Optional<String> get(String name) {
    return Optional.ofNullable(values.get(name)).map(QueryParameters::decode);
  }

  private static String nameOf(String raw, List<String> known) {
    if (known.contains(raw)) {
      return raw;
    }
    throw Refusal.badRequest(
        LISTING.contains(raw)
            ? "The query parameter '"
                + raw
                + "' is for listing, which this version does not do yet."
            : "The query parameter '"
                + raw
                + "' means nothing here; a question mark of a key is written %3F.");
  }

  private static String decode(String value) {
    return PercentCoding.decode(value.replace("+", "%20"));
  }
}
