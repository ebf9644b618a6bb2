package io.trefoil.cli;

import picocli.CommandLine.IVersionProvider;

/// Which Trefoil this is, and what runs it.
final class Version implements IVersionProvider {

  @Override
  public String[] getVersion() {
    return new String[] {
      "trefoil " + Main.VERSION,
      "on Java " + Runtime.version() + ", " + System.getProperty("java.vm.name"),
    };
  }
}
