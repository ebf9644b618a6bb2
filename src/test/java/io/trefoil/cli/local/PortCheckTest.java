package io.trefoil.cli.local;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class PortCheckTest {

  private final LocalPlan plan = StandIns.plan(3, Path.of("unused"), "ready");
  private final LocalNode second = plan.nodes().get(1);

  @Test
  void freePortsPass() {
    assertDoesNotThrow(() -> PortCheck.check(plan));
  }

  @Test
  void aTakenHttpPortIsNamed() throws IOException {
    try (ServerSocket _ = new ServerSocket(second.httpPort())) {
      assertEquals(
          "port "
              + second.httpPort()
              + ", wanted for the HTTP of node-2, is taken by another"
              + " program; choose others with --http-port",
          refused());
    }
  }

  @Test
  void aPeerPortTakenForStreamsIsNamed() throws IOException {
    InetAddress loopback = InetAddress.getLoopbackAddress();
    try (ServerSocket _ = new ServerSocket(second.peerPort(), 1, loopback)) {
      assertEquals(peerPortTaken(), refused());
    }
  }

  @Test
  void aPeerPortTakenForDatagramsIsNamed() throws IOException {
    try (DatagramSocket _ = new DatagramSocket(new InetSocketAddress(second.peerPort()))) {
      assertEquals(peerPortTaken(), refused());
    }
  }

  private String peerPortTaken() {
    return "port "
        + second.peerPort()
        + ", wanted for the peers of node-2, is taken by another"
        + " program; choose others with --peer-port";
  }

  private String refused() {
    return assertThrows(RefusedException.class, () -> PortCheck.check(plan)).getMessage();
  }
}
