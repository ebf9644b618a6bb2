package io.trefoil.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.trefoil.cli.local.StandIns;
import java.io.IOException;
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
  static RunningCluster start(int size, Path folder) throws IOException {
    Path out = folder.resolve("local.out");
    Path err = folder.resolve("local.err");
    Process local = Packaged.start(out, err, arguments(size, folder));
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
        "--http-port=" + StandIns.freePorts(size, 1),
        "--peer-port=" + StandIns.freePorts(size, 10),
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
    Path log = folder.resolve("node-" + node + "-again.log");
    current.put(
        node,
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start()
            .toHandle());
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
