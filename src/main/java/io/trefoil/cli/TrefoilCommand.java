package io.trefoil.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ScopeType;

/// The root of the command line. Without a command it serves, as a container does.
@Command(
    name = "trefoil",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    scope = ScopeType.INHERIT,
    sortOptions = false,
    usageHelpAutoWidth = true,
    usageHelpWidth = 100,
    header = "A fault-tolerant key-value store: every key on three nodes, any node answers.",
    synopsisHeading = "%nUsage: ",
    descriptionHeading = "%n",
    parameterListHeading = "%nArguments:%n",
    optionListHeading = "%nOptions:%n",
    commandListHeading = "%nCommands:%n",
    exitCodeListHeading = "%nExit codes:%n",
    footerHeading = "%nExamples:%n",
    description = "Without a command it serves, as 'trefoil serve' does.",
    synopsisSubcommandLabel = "[COMMAND]",
    footer = {
      "  trefoil local                 # a cluster on this machine, to try things out",
      "  trefoil put greeting hello",
      "  trefoil get greeting",
      "  trefoil put --help            # what a command does, with its options and examples"
    })
final class TrefoilCommand implements Callable<Integer> {

  private final ServeCommand serve;

  TrefoilCommand(ServeCommand serve) {
    this.serve = serve;
  }

  @Override
  public Integer call() {
    return serve.call();
  }
}
