package io.trefoil.cli;

import io.trefoil.cli.client.Call;
import io.trefoil.cli.client.KeyPath;
import io.trefoil.core.model.Key;

/// Where orders about a member go.
final class MemberPath {

  private MemberPath() {}

  /// The order about a member of that name.
  ///
  /// @param verb such as `decommission`
  /// @throws Failure if it cannot be a name
  static Call order(String name, String verb) {
    if (name.isEmpty() || name.length() > 128 || name.contains("/")) {
      throw new Failure(ExitCode.USAGE, "'" + name + "' is not the name of a member");
    }
    return Call.post(KeyPath.of("/v1/cluster/members", new Key(name)) + ":" + verb, "");
  }
}
