package io.trefoil.api;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.RestAssured;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.PoolOptions;
import jakarta.inject.Inject;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// The same interface over HTTP/2, where all requests share one connection.
@QuarkusTest
@TestProfile(FakeNode.class)
class Http2Test extends ApiTest {

  private static final int MAX = 1 << 20;

  @Inject Vertx vertx;

  private HttpClient client;

  @BeforeEach
  void connect() {
    var options =
        new HttpClientOptions()
            .setDefaultPort(RestAssured.port)
            .setDefaultHost("localhost")
            .setProtocolVersion(HttpVersion.HTTP_2)
            .setHttp2ClearTextUpgrade(false);
    client = vertx.createHttpClient(options, new PoolOptions().setHttp2MaxSize(1));
  }

  @AfterEach
  void disconnect() throws Exception {
    client.close().toCompletionStage().toCompletableFuture().get(10, SECONDS);
  }

  @Test
  void aValueRoundTrips() throws Exception {
    Buffer value = Buffer.buffer(new byte[MAX]);
    assertEquals(204, exchange(HttpMethod.PUT, "/v1/kv/k", value).statusCode());
    HttpClientResponse back = exchange(HttpMethod.GET, "/v1/kv/k", Buffer.buffer());
    assertEquals(200, back.statusCode());
    assertEquals(HttpVersion.HTTP_2, back.version());
    assertEquals(String.valueOf(MAX), back.getHeader("Content-Length"));
  }

  @Test
  void aRefusalIsAProblem() throws Exception {
    Buffer value = Buffer.buffer("v");
    HttpClientResponse answer = exchange(HttpMethod.PUT, "/v1/kv/%zz", value);
    assertEquals(400, answer.statusCode());
    assertEquals("application/problem+json", answer.getHeader("Content-Type"));
    assertEquals("node-a", answer.getHeader("Trefoil-Coordinator"));
  }

  private HttpClientResponse exchange(HttpMethod method, String target, Buffer body)
      throws Exception {
    Future<HttpClientResponse> answer =
        client
            .request(method, target)
            .compose(
                request -> {
                  request.putHeader("Content-Length", String.valueOf(body.length()));
                  request.end(body);
                  return request.response();
                })
            .compose(response -> response.body().map(response));
    return answer.toCompletionStage().toCompletableFuture().get(10, SECONDS);
  }
}
