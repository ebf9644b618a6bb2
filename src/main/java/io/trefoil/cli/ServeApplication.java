package io.trefoil.cli;

import io.quarkus.arc.Unremovable;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.QuarkusApplication;
import io.trefoil.runtime.NodeFacade;
import io.trefoil.runtime.TrefoilSettings;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.List;

/// What a serving process does besides serving: it says once that its node is ready, or what it
/// waits for, and stays until it is told to end. Where the log is JSON, the log alone says so: what
/// collects it expects nothing else.
@Singleton
@Unremovable
public class ServeApplication implements QuarkusApplication {

  /// The argument that asks for JSON.
  static final String JSON = "--json";

  private final NodeFacade node;
  private final boolean jsonLog;

  /// The application around this process's node.
  @Inject
  ServeApplication(NodeFacade node, TrefoilSettings settings) {
    this.node = node;
    this.jsonLog = settings.log().json();
  }

  @Override
  public int run(String... arguments) {
    boolean json = List.of(arguments).contains(JSON);
    if (json || !jsonLog) {
      Announcement announcement = new Announcement(node, Console.ofThisProcess(), json);
      Thread.ofVirtual().name("announcement").start(announcement::awaitReady);
    }
    Quarkus.waitForExit();
    return ExitCode.OK.code();
  }
}
