package io.trefoil.cli;

import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.QuarkusApplication;

/// What a serving process does besides serving: it says once that it is up, and waits.
public final class ServeApplication implements QuarkusApplication {

  @Override
  public int run(String... arguments) {
    Quarkus.waitForExit();
    return ExitCode.OK.code();
  }
}
