package io.trefoil.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.trefoil.runtime.ClusterView;
import io.trefoil.runtime.ClusterView.Member;
import io.trefoil.runtime.NodeFacade;
import java.time.Duration;

/// The one sentence a node says when it is ready, and what it says when that takes long.
final class Announcement {

  private static final Duration LOOK_AGAIN = Duration.ofMillis(100);

  /// How many looks go by before it is said again what is waited for, if it is something else.
  private static final int LOOKS_PER_REMARK = 50;

  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final NodeFacade node;
  private final Console console;
  private final boolean json;

  Announcement(NodeFacade node, Console console, boolean json) {
    this.node = node;
    this.console = console;
    this.json = json;
  }

  /// Waits until the node is ready, then says so.
  void awaitReady() {
    String said = "";
    try {
      for (int look = 1; !node.readiness().ready(); look++) {
        String reason = node.readiness().reason();
        if (look % LOOKS_PER_REMARK == 0 && !reason.equals(said)) {
          console.remark(reason);
          said = reason;
        }
        Thread.sleep(LOOK_AGAIN);
      }
      say(node.cluster().await().atMost(PATIENCE));
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private void say(ClusterView view) {
    view.members().stream()
        .filter(member -> member.id().equals(node.id()))
        .findFirst()
        .ifPresent(member -> say(view, member));
  }

  private void say(ClusterView view, Member member) {
    if (json) {
      console.json(
          JsonNodeFactory.instance
              .objectNode()
              .put("name", member.name())
              .put("id", member.id().toString())
              .put("http", member.http())
              .put("peer", member.peer())
              .put("cluster", view.name())
              .put("epoch", view.epoch()));
      return;
    }
    console.say(
        "%s is ready: HTTP %s, peers %s, cluster %s with map %d"
            .formatted(member.name(), member.http(), member.peer(), view.name(), view.epoch()));
  }
}
