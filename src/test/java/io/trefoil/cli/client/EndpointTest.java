package io.trefoil.cli.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EndpointTest {

  @ParameterizedTest
  @CsvSource({
    "localhost:8080,         http://localhost:8080",
    "http://localhost:8080/, http://localhost:8080",
    "https://store.example,  https://store.example",
    "[::1]:8080,             http://[::1]:8080",
    "'  10.0.0.1:80 ',       http://10.0.0.1:80"
  })
  void anEndpointIsReadAsPeopleWriteIt(String typed, String uri) {
    assertEquals(uri, Endpoint.parse(typed).toString());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "ftp://a",
        "http://",
        "http://a/v1/kv",
        "http://a?b",
        "http://u@a",
        "a b",
        "host:port"
      })
  void whatIsNoEndpointIsRefusedByName(String typed) {
    var e = assertThrows(IllegalArgumentException.class, () -> Endpoint.parse(typed));
    assertTrue(e.getMessage().contains("'" + typed + "' is not an endpoint"), e.getMessage());
  }
}
