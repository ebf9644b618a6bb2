package io.trefoil.cli;

import io.quarkus.runtime.Quarkus;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `trefoil serve`: one node, in this process.
@Command(
    name = "serve",
    header = "Run one node in this process.",
    description =
        "It runs until it is told to end. Every setting can be given as -Dname=value, as an"
            + " environment variable (trefoil.node.name is TREFOIL_NODE_NAME), or in"
            + " config/application.properties.",
    footer = {
      "  trefoil serve",
      "  trefoil serve --name a --seeds 10.0.0.1:7400,10.0.0.2:7400,10.0.0.3:7400",
      "  trefoil serve -Dtrefoil.storage.engine=memory"
    })
final class ServeCommand implements Callable<Integer> {

  private final Map<String, String> settings = new LinkedHashMap<>();

  @Mixin private OutputOptions output;

  @Option(
      names = "--name",
      order = 1,
      paramLabel = "NAME",
      description = "This node's name (trefoil.node.name). Default: the host's.")
  private void name(String name) {
    settings.put("trefoil.node.name", name);
  }

  @Option(
      names = "--seeds",
      order = 2,
      paramLabel = "HOST:PORT,...",
      description =
          "The founding nodes, this one included, the same for all (trefoil.cluster.seeds).%n"
              + "Default: this node alone.")
  private void seeds(String seeds) {
    settings.put("trefoil.cluster.seeds", seeds);
  }

  @Option(
      names = "--http-port",
      order = 3,
      paramLabel = "PORT",
      description = "Where clients reach it (quarkus.http.port). Default: 8080.")
  private void httpPort(int port) {
    settings.put("quarkus.http.port", Integer.toString(port));
  }

  @Option(
      names = "--peer-port",
      order = 4,
      paramLabel = "PORT",
      description = "Where other nodes reach it, UDP and TCP (trefoil.peer.port). Default: 7400.")
  private void peerPort(int port) {
    settings.put("trefoil.peer.port", Integer.toString(port));
  }

  @Option(
      names = "--data",
      order = 5,
      paramLabel = "DIR",
      description = "The folder for its identity and data (trefoil.node.data-dir). Default: data.")
  private void data(String folder) {
    settings.put("trefoil.node.data-dir", folder);
  }

  @Option(
      names = "-D",
      order = 6,
      paramLabel = "NAME=VALUE",
      description = "Any setting by its full name; repeatable.")
  private void setting(Map<String, String> some) {
    settings.putAll(some);
  }

  @Option(
      names = "--stop-with",
      hidden = true,
      paramLabel = "PID",
      description = "End when this process ends.")
  private Long stopWith;

  private final Console console;

  ServeCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    settings.forEach(System::setProperty);
    if (stopWith != null) {
      endWith(stopWith);
    }
    String[] arguments = output.json() ? new String[] {ServeApplication.JSON} : new String[0];
    Quarkus.run(ServeApplication.class, this::ended, arguments);
    return ExitCode.OK.code();
  }

  /// Ends this process when another has ended, or is not there any more.
  private static void endWith(long pid) {
    ProcessHandle.of(pid)
        .ifPresentOrElse(
            process -> process.onExit().thenRun(() -> System.exit(ExitCode.OK.code())),
            () -> System.exit(ExitCode.OK.code()));
  }

  private void ended(int code, Throwable thrown) {
    if (thrown != null) {
      StartFailure.tell(console, thrown);
    }
    System.exit(code);
  }
}
