package io.trefoil.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.trefoil.cli.client.Answer;
import io.trefoil.cli.client.Call;
import io.trefoil.cli.client.Ending;
import io.trefoil.cli.client.Problem;
import io.trefoil.cli.client.StoreClient;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `trefoil prepare-stop`: waits until a member can be spared for a while. What a container runs
/// before it is told to end, so it needs no shell, no curl, and no argument.
@Command(
    name = "prepare-stop",
    header = "Wait until a member can be stopped for a while.",
    description =
        "Done when every partition keeps a quorum of complete copies without it, and the council"
            + " its majority. The stop is reserved for 30 s: nobody else is let go meanwhile who is"
            + " needed beside it. Nodes that cannot be reached are not waited for.",
    footer = {
      "  trefoil prepare-stop node-2 --wait 300    # then end it with SIGTERM",
      "  trefoil prepare-stop                      # the node whose name is in TREFOIL_NODE_NAME"
    })
final class PrepareStopCommand implements Callable<Integer> {

  /// The longest that a node waits before it answers.
  private static final int LONGEST_ASKED = 60;

  private static final int LONGEST_WAIT = 3_600;
  private static final Duration AGAIN = Duration.ofMillis(500);

  @Mixin private EndpointOptions nodes;
  @Mixin private OutputOptions output;

  @Parameters(
      paramLabel = "NAME",
      arity = "0..1",
      defaultValue = "${env:TREFOIL_NODE_NAME:-}",
      description = "The member's name. Default: TREFOIL_NODE_NAME.")
  private String name;

  @Option(
      names = "--wait",
      paramLabel = "SECONDS",
      defaultValue = "60",
      description = "How long it may take until it can be spared. Default: ${DEFAULT-VALUE}.")
  private int waitSeconds;

  private final Console console;

  PrepareStopCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws InterruptedException {
    if (waitSeconds < 1 || waitSeconds > LONGEST_WAIT) {
      throw new Failure(
          ExitCode.USAGE, "--wait is " + waitSeconds + "; it lies between 1 and " + LONGEST_WAIT);
    }
    if (name.isEmpty()) {
      throw new Failure(ExitCode.USAGE, "no member is named: give NAME, or set TREFOIL_NODE_NAME");
    }
    await(MemberPath.order(name, "prepare-stop"));
    if (output.json()) {
      console.json(JsonNodeFactory.instance.objectNode().put("name", name).put("outcome", "done"));
    } else {
      console.say(name + " may be stopped for a while");
    }
    return ExitCode.OK.code();
  }

  /// Asks until the answer is yes, or it will not be, or the time is over.
  private void await(Call order) throws InterruptedException {
    long end = System.nanoTime() + Duration.ofSeconds(waitSeconds).toNanos();
    try (StoreClient client = nodes.client(Duration.ofSeconds(LONGEST_ASKED))) {
      while (true) {
        long left = Math.ceilDiv(Math.max(1, end - System.nanoTime()), 1_000_000_000L);
        long asked = Math.min(LONGEST_ASKED, left);
        Answer answer = client.ask(Call.post(order.path() + "?timeout=" + asked + "s", ""));
        if (!(answer instanceof Answer.Failed(Problem problem)) || !mayChange(problem)) {
          Results.done(answer);
          return;
        }
        if (System.nanoTime() + AGAIN.toNanos() >= end) {
          Results.done(answer);
        }
        Thread.sleep(AGAIN);
      }
    }
  }

  /// Whether another answer may follow. To ask twice does no harm, so that not knowing whether the
  /// first question was heard is no reason to stop.
  private static boolean mayChange(Problem problem) {
    return problem.status() >= 500 && problem.ending() != Ending.REFUSED;
  }
}
