package io.trefoil.api;

import io.restassured.RestAssured;
import io.restassured.path.json.JsonPath;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/// One connection on which requests are sent byte by byte as written: HTTP clients would encode and
/// normalise them first.
final class RawHttp implements AutoCloseable {

  private static final int PATIENCE_MILLIS = 10_000;

  private final Socket socket;
  private final InputStream in;
  private final OutputStream out;

  RawHttp() throws IOException {
    socket = new Socket("localhost", RestAssured.port);
    socket.setSoTimeout(PATIENCE_MILLIS);
    in = socket.getInputStream();
    out = socket.getOutputStream();
  }

  /// An answer: its status, its headers by name in lower case, its body.
  record Answer(int status, Map<String, String> headers, byte[] body) {

    String text() {
      return new String(body, StandardCharsets.UTF_8);
    }

    /// The name of the problem it tells.
    String problem() {
      return JsonPath.from(text()).getString("type").substring("urn:trefoil:problem:".length());
    }
  }

  /// Sends one request without a body on a connection of its own.
  static Answer exchange(String method, String target) throws IOException {
    try (var http = new RawHttp()) {
      http.send(method + " " + target + " HTTP/1.1\r\nHost: test\r\n\r\n");
      return http.receive(method.equals("HEAD"));
    }
  }

  /// Sends what is to be taken as Latin-1.
  void send(String text) throws IOException {
    send(text.getBytes(StandardCharsets.ISO_8859_1));
  }

  void send(byte[] bytes) throws IOException {
    out.write(bytes);
    out.flush();
  }

  Answer receive() throws IOException {
    return receive(false);
  }

  private Answer receive(boolean bodiless) throws IOException {
    int status = Integer.parseInt(line().split(" ")[1]);
    var headers = new TreeMap<String, String>();
    for (String line = line(); !line.isEmpty(); line = line()) {
      int colon = line.indexOf(':');
      headers.put(
          line.substring(0, colon).toLowerCase(Locale.ROOT), line.substring(colon + 1).strip());
    }
    int length = Integer.parseInt(headers.getOrDefault("content-length", "0"));
    return new Answer(status, headers, bodiless ? new byte[0] : in.readNBytes(length));
  }

  private String line() throws IOException {
    var line = new ByteArrayOutputStream();
    for (int b = in.read(); b != '\n'; b = in.read()) {
      if (b < 0) {
        throw new IOException("the connection ended after '" + line + "'");
      }
      if (b != '\r') {
        line.write(b);
      }
    }
    return line.toString(StandardCharsets.ISO_8859_1);
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
