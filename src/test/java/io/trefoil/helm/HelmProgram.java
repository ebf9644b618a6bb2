package io.trefoil.helm;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// The program `helm`, where it is on the path.
///
/// @param folder where it may leave files; what it takes for its home
/// @param cluster the file that tells where the cluster is; there need be none
record HelmProgram(Path folder, Path cluster) {

  /// What it said and ended with.
  record Said(int exit, String text) {}

  /// Skips a test where it is not on the path.
  static void require() {
    assumeTrue(
        Arrays.stream(System.getenv("PATH").split(":"))
            .anyMatch(place -> Files.isExecutable(Path.of(place, "helm"))),
        "no helm on the path");
  }

  /// Runs it.
  Said run(String... arguments) throws IOException, InterruptedException {
    List<String> line = new ArrayList<>(List.of("helm"));
    line.addAll(List.of(arguments));
    Path out = folder.resolve("out");
    ProcessBuilder builder =
        new ProcessBuilder(line).redirectErrorStream(true).redirectOutput(out.toFile());
    builder.environment().put("HOME", folder.toString());
    builder.environment().put("KUBECONFIG", cluster.toString());
    Process process = builder.start();
    assertTrue(process.waitFor(60, TimeUnit.SECONDS), "helm does not end");
    return new Said(process.exitValue(), Files.readString(out));
  }

  /// Renders the chart as the release `birch` in `wood`.
  Said template(String values, String... options) throws IOException, InterruptedException {
    Path file = Files.writeString(folder.resolve("values.yaml"), values);
    List<String> line = new ArrayList<>(List.of("template", "birch", Chart.FOLDER.toString()));
    line.addAll(List.of("-n", "wood", "-f", file.toString()));
    line.addAll(List.of(options));
    return run(line.toArray(String[]::new));
  }
}
