package io.trefoil.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.trefoil.cli.local.StandIns;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;

/// A cluster of packaged processes, run by `trefoil local` as a user would, on free ports.
final class RunningCluster implements AutoCloseable {

  private static final Duration START = Duration.ofSeconds(180);
  private static final Duration STOP = Duration.ofSeconds(30);
  private static final int PEER_STEP = 10;

  /// For how many nodes that join later there are ports.
  private static final int SPARE = 1;

  private final Process local;
  private final JsonNode told;
  private final Map<Integer, ProcessHandle> current = new HashMap<>();
  private final Path folder;

  private RunningCluster(Process local, JsonNode told, Path folder) {
    this.local = local;
    this.told = told;
    this.folder = folder;
  }

  /// Starts it and waits until it says that it is ready.
  ///
  /// @param settings for every node, each as `name=value`
  static RunningCluster start(int size, Path folder, String... settings) throws IOException {
    Path out = folder.resolve("local.out");
    Path err = folder.resolve("local.err");
    List<String> arguments = new ArrayList<>(arguments(size, folder));
    List.of(settings).forEach(setting -> arguments.add("-D" + setting));
    Process local = Packaged.start(out, err, arguments);
    try {
      Awaitility.await()
          .atMost(START)
          .until(() -> !local.isAlive() || Files.readString(out).endsWith("}\n"));
      if (!local.isAlive()) {
        throw new IllegalStateException("it did not start: " + Files.readString(err));
      }
      return new RunningCluster(local, new ObjectMapper().readTree(out.toFile()), folder);
    } catch (RuntimeException e) {
      local.destroy();
      throw e;
    }
  }

  private static List<String> arguments(int size, Path folder) {
    return List.of(
        "local",
        "--json",
        "--nodes=" + size,
        "--data=" + folder.resolve("data"),
        "--http-port=" + StandIns.freePorts(size + SPARE, 1),
        "--peer-port=" + StandIns.freePorts(size + SPARE, PEER_STEP),
        "--patience=" + START.toSeconds());
  }

  /// The endpoints of some nodes, as the command line takes them.
  ///
  /// @param nodes their numbers, from 1
  String endpoints(int... nodes) {
    return IntStream.of(nodes)
        .mapToObj(node -> node(node).path("http").asText())
        .collect(Collectors.joining(","));
  }

  /// A node's process: the one started last.
  ProcessHandle process(int node) {
    return current.computeIfAbsent(
        node, _ -> ProcessHandle.of(node(node).path("pid").asLong()).orElseThrow());
  }

  /// The number of the node of that name, from 1.
  int number(String name) {
    return IntStream.rangeClosed(1, told.path("nodes").size())
        .filter(node -> node(node).path("name").asText().equals(name))
        .findFirst()
        .orElseThrow();
  }

  /// Ends several nodes at once, as a power cut does.
  void kill(List<Integer> nodes) {
    List<ProcessHandle> processes = nodes.stream().map(this::process).toList();
    processes.forEach(ProcessHandle::destroyForcibly);
    processes.forEach(process -> process.onExit().join());
  }

  /// Ends a node in good order, by SIGTERM, and waits for its end.
  void stop(int node) {
    process(node).destroy();
    process(node).onExit().join();
  }

  /// Sends a signal to a node, such as `STOP` and `CONT`.
  void signal(int node, String name) throws IOException {
    String pid = Long.toString(process(node).pid());
    new ProcessBuilder("kill", "-" + name, pid).start().onExit().join();
  }

  /// A node's folder.
  Path data(int node) {
    return folder.resolve("data").resolve("node-" + node);
  }

  /// What a node has printed since it was started first.
  String log(int node) throws IOException {
    Path again = again(node);
    String more = Files.exists(again) ? Files.readString(again) : "";
    return Files.readString(folder.resolve("data").resolve("node-" + node + ".log")) + more;
  }

  /// The process of `trefoil local` itself.
  Process local() {
    return local;
  }

  /// Ends a node as a power cut does.
  void kill(int node) {
    kill(List.of(node));
  }

  /// Starts a node again by the command that was told.
  void restart(int node) throws IOException {
    List<String> command = new ArrayList<>();
    node(node).path("command").forEach(word -> command.add(word.asText()));
    run(node, command);
  }

  /// Starts one node more, the first node's next of kin: its seeds are the cluster's first nodes.
  ///
  /// @return its number
  int join() throws IOException {
    int number = told.path("nodes").size() + 1;
    ObjectNode next = node(1).deepCopy();
    next.put("name", "node-" + number);
    next.put("http", "http://localhost:" + (port(1, "http") + number - 1));
    next.put("peer", "127.0.0.1:" + (port(1, "peer") + PEER_STEP * (number - 1)));
    ArrayNode command = next.putArray("command");
    node(1).path("command").forEach(word -> command.add(setting(word.asText(), next)));
    ((ArrayNode) told.path("nodes")).add(next);
    restart(number);
    return number;
  }

  private String setting(String word, JsonNode next) {
    String name = word.contains("=") ? word.substring(0, word.indexOf('=')) : word;
    return switch (name) {
      case "-Dtrefoil.node.name" -> name + "=" + next.path("name").asText();
      case "-Dtrefoil.node.data-dir" -> name + "=" + data(told.path("nodes").size() + 1);
      case "-Dtrefoil.peer.port" -> name + "=" + port(next, "peer");
      case "-Dquarkus.http.port" -> name + "=" + port(next, "http");
      case String _ -> word;
    };
  }

  private int port(int node, String address) {
    return port(node(node), address);
  }

  private static int port(JsonNode node, String address) {
    String text = node.path(address).asText();
    return Integer.parseInt(text.substring(text.lastIndexOf(':') + 1));
  }

  private void run(int node, List<String> command) throws IOException {
    Redirect log = Redirect.appendTo(again(node).toFile());
    Process process =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log).start();
    current.put(node, process.toHandle());
  }

  private Path again(int node) {
    return folder.resolve("node-" + node + "-again.log");
  }

  /// What `trefoil local` said on standard error.
  String remarks() throws IOException {
    return Files.readString(folder.resolve("local.err"));
  }

  @Override
  public void close() {
    current.values().forEach(ProcessHandle::destroyForcibly);
    local.destroy();
    Awaitility.await().atMost(STOP).until(() -> !local.isAlive());
  }

  private JsonNode node(int number) {
    return told.path("nodes").path(number - 1);
  }
}
