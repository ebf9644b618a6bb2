package io.trefoil.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.trefoil.cli.local.Child;
import io.trefoil.cli.local.LocalCluster;
import io.trefoil.cli.local.LocalFolder;
import io.trefoil.cli.local.LocalNode;
import io.trefoil.cli.local.LocalPlan;
import io.trefoil.cli.local.PortCheck;
import io.trefoil.cli.local.Program;
import java.io.IOException;
import java.time.Duration;
import java.util.List;

/// One run of a cluster on this machine, from its start to its end, as its user sees it.
final class LocalRun {

  private static final Duration FAREWELL = Duration.ofSeconds(5);

  private final Console console;
  private final boolean json;

  LocalRun(Console console, boolean json) {
    this.console = console;
    this.json = json;
  }

  /// Starts the nodes, says when they are ready, and stays until they have ended or this process is
  /// told to end.
  ///
  /// @param fresh whether what an earlier run left is deleted
  /// @param patience how long the nodes may take to be ready
  /// @throws io.trefoil.cli.local.RefusedException if it cannot be; nothing runs then
  ExitCode run(LocalPlan plan, Program program, boolean fresh, Duration patience)
      throws IOException, InterruptedException {
    PortCheck.check(plan);
    try (LocalFolder _ = LocalFolder.take(plan.folder(), fresh);
        LocalCluster cluster = new LocalCluster(FAREWELL)) {
      Thread onSignal = new Thread(() -> end(cluster));
      Runtime.getRuntime().addShutdownHook(onSignal);
      try {
        start(cluster, plan, program, patience);
        tellReady(cluster, plan);
        cluster.watch(this::tellEnded);
      } finally {
        forget(onSignal);
      }
      if (!cluster.isStopping()) {
        console.remark("no node is left; the data stays in " + plan.folder());
      }
      return ExitCode.REFUSED;
    }
  }

  private void end(LocalCluster cluster) {
    console.remark("ending the nodes");
    cluster.close();
  }

  private static void forget(Thread onSignal) {
    try {
      Runtime.getRuntime().removeShutdownHook(onSignal);
    } catch (IllegalStateException _) {
      // The signal is what brought us here: the hook is at work.
    }
  }

  private void start(LocalCluster cluster, LocalPlan plan, Program program, Duration patience)
      throws IOException, InterruptedException {
    try (Progress progress = Progress.of(console, "Nodes ready", plan.size())) {
      cluster.start(plan, program);
      cluster.awaitReady(patience, progress::stepTo);
    }
  }

  private void tellReady(LocalCluster cluster, LocalPlan plan) {
    if (json) {
      console.json(json(cluster, plan));
      return;
    }
    Table table = new Table(List.of("NODE", "HTTP", "PEER", "PID", "LOG"));
    for (Child child : cluster.children()) {
      LocalNode node = child.node();
      String pid = Long.toString(child.pid());
      table.row(List.of(node.name(), node.http(), node.peer(), pid, node.log().toString()));
    }
    table.lines().forEach(console::say);
    hints(plan).forEach(console::say);
  }

  private static List<String> hints(LocalPlan plan) {
    String first = plan.nodes().getFirst().http();
    String last = plan.nodes().getLast().http();
    return List.of(
        "",
        "data     " + plan.folder() + "  (kept; --fresh deletes it)",
        "browse   " + first + "/q/swagger-ui",
        "try      curl -X PUT -H 'Content-Type: text/plain' -d hello " + first + "/v1/kv/greeting",
        "         curl " + last + "/v1/kv/greeting",
        "stop     Ctrl-C");
  }

  private void tellEnded(Child child, int code) {
    console.remark(
        child.node().name()
            + " (process "
            + child.pid()
            + ") ended with exit code "
            + code
            + "; the others go on. Its log is "
            + child.node().log()
            + "; to start it again, in another terminal:\n  "
            + Program.typed(child.command()));
  }

  private static ObjectNode json(LocalCluster cluster, LocalPlan plan) {
    ObjectNode json = JsonNodeFactory.instance.objectNode().put("data", plan.folder().toString());
    ArrayNode nodes = json.putArray("nodes");
    for (Child child : cluster.children()) {
      ObjectNode node =
          nodes
              .addObject()
              .put("name", child.node().name())
              .put("http", child.node().http())
              .put("peer", child.node().peer())
              .put("pid", child.pid())
              .put("log", child.node().log().toString());
      child.command().forEach(node.putArray("command")::add);
    }
    return json;
  }
}
