package io.trefoil.cli;

import io.quarkus.runtime.Quarkus;
import io.trefoil.cli.local.LocalFolder;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `trefoil rehearse`: one node on free ports stores and reads a little, then ends. The build
/// records which classes that takes and how they are linked (the AOT cache), so that every later
/// start finds it done.
@Command(
    name = "rehearse",
    hidden = true,
    header = "Start a node, use it, stop it: what the build records the AOT cache from.")
final class RehearseCommand implements Callable<Integer> {

  private static final String HOST = "127.0.0.1";

  @Option(
      names = "--data",
      required = true,
      paramLabel = "DIR",
      description = "The folder for the node's data; what an earlier rehearsal left there goes.")
  private Path data;

  private final Console console;

  RehearseCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws IOException {
    LocalFolder.take(data, true).close();
    String port = Integer.toString(freePort());
    Map.of(
            "quarkus.http.host", HOST,
            "quarkus.http.port", port,
            "trefoil.node.data-dir", data.resolve("node").toString(),
            "trefoil.peer.host", HOST,
            "trefoil.peer.port", "0")
        .forEach(System::setProperty);
    Quarkus.run(RehearsalApplication.class, this::ended, "http://" + HOST + ":" + port);
    return ExitCode.OK.code();
  }

  private void ended(int code, Throwable thrown) {
    if (thrown != null) {
      StartFailure.tell(console, thrown);
    }
    System.exit(code);
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.ofLiteral(HOST))) {
      return socket.getLocalPort();
    }
  }
}
