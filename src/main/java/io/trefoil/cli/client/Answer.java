package io.trefoil.cli.client;

import java.net.URI;
import java.net.http.HttpHeaders;
import java.util.Arrays;

/// What came of a request.
public sealed interface Answer {

  /// A node did what was asked.
  ///
  /// @param endpoint the node that was asked
  /// @param status the HTTP status, 200 to 299
  /// @param headers what it told about the answer
  /// @param body the answer's bytes, not to be changed
  record Done(URI endpoint, int status, HttpHeaders headers, byte[] body) implements Answer {

    /// A header's value; empty text if it has none.
    public String header(String name) {
      return headers.firstValue(name).orElse("");
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Done(var e, var s, var h, var b)
          && endpoint.equals(e)
          && status == s
          && headers.equals(h)
          && Arrays.equals(body, b);
    }

    @Override
    public int hashCode() {
      return 31 * status + Arrays.hashCode(body);
    }
  }

  /// It was not done, or nobody knows.
  record Failed(Problem problem) implements Answer {}
}
