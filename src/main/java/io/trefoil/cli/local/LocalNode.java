package io.trefoil.cli.local;

import java.nio.file.Path;

/// One node of a cluster on this machine.
///
/// @param name its name, `node-1` and so on
/// @param httpPort where clients reach it
/// @param peerPort where the other nodes reach it, by UDP and TCP
/// @param data the folder that is its own
/// @param log the file its output goes to
public record LocalNode(String name, int httpPort, int peerPort, Path data, Path log) {

  /// The address of its HTTP API.
  public String http() {
    return "http://localhost:" + httpPort;
  }

  /// Its address among nodes.
  public String peer() {
    return LocalPlan.HOST + ":" + peerPort;
  }
}
