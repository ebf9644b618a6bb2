package io.trefoil.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/// `trefoil council`: what is done to the council itself.
@Command(
    name = "council",
    header = "Recover a council that has lost its majority for good.",
    description = "The council decides every change of the cluster map.",
    synopsisSubcommandLabel = "COMMAND",
    footer = {"  trefoil council force --help"})
final class CouncilCommand implements Runnable {

  @Spec private CommandSpec spec;

  @Override
  public void run() {
    throw new CommandLine.ParameterException(spec.commandLine(), "Missing command: force");
  }
}
