package io.trefoil.helm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// helm/e2e.sh as far as it goes without a cluster: what it refuses, before it changes anything.
/// Stand-ins for kubectl and helm note whether they were called.
class EndToEndScriptTest {

  private static final String IMAGE = "--image trefoil:1 ";

  @TempDir private Path folder;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "``                              | --image is missing",
        "--image                         | --image wants a value",
        "--image trefoil                 | is no REPOSITORY:TAG",
        "--imagine trefoil:1             | '--imagine' is no option",
        "--image a:1 --namespace Big_One | is no name of a namespace",
        "--image a:1 --records 0         | --records is '0'",
        "--image a:1 --records many      | --records is 'many'",
        "--image a:1 --timeout soon      | --timeout is 'soon'",
        "--image a:1 --values nowhere    | cannot be read"
      })
  void argumentsThatCannotBeAreRefusedBeforeAnythingIsCalled(String line, String sentence)
      throws Exception {
    standIn("kubectl", "exit 0");
    standIn("helm", "exit 0");
    Said said = run(line);
    assertEquals(2, said.exit(), said.text());
    assertTrue(said.text().contains(sentence), said.text());
    assertEquals("", calls());
  }

  @Test
  void withoutItsProgramsItSaysWhichIsMissing() throws Exception {
    standIn("kubectl", "exit 0");
    Said said = run(IMAGE);
    assertEquals(2, said.exit());
    assertTrue(said.text().contains("helm is not on the PATH"), said.text());
  }

  @Test
  void withoutAClusterItSaysSo() throws Exception {
    standIn("kubectl", "exit 1");
    standIn("helm", "exit 0");
    Said said = run(IMAGE);
    assertEquals(2, said.exit());
    assertTrue(said.text().contains("no cluster answers"), said.text());
    assertEquals("kubectl version --request-timeout=10s\n", calls());
  }

  @Test
  void aNamespaceThatIsThereIsLeftAlone() throws Exception {
    standIn("kubectl", "exit 0");
    standIn("helm", "exit 0");
    Said said = run(IMAGE + "--namespace precious");
    assertEquals(2, said.exit());
    assertTrue(said.text().contains("'precious' is there already"), said.text());
    assertTrue(!calls().contains("delete"), calls());
  }

  @Test
  void afterAFailureItCleansUp() throws Exception {
    standIn("kubectl", "case \"$*\" in *'get namespace'*) exit 1 ;; esac");
    standIn("helm", "exit 1");
    Said said = run(IMAGE);
    assertEquals(1, said.exit(), said.text());
    assertTrue(said.text().contains("FAILED"), said.text());
    assertTrue(calls().contains("kubectl create namespace trefoil-e2e\n"), calls());
    assertTrue(calls().endsWith("kubectl delete namespace trefoil-e2e --wait=false\n"), calls());
  }

  @Test
  void helpTellsWhatItNeeds() throws Exception {
    Said said = run("--help");
    assertEquals(0, said.exit());
    assertTrue(said.text().contains("Needs kubectl and helm"), said.text());
  }

  /// What the script said and ended with.
  private record Said(int exit, String text) {}

  private void standIn(String program, String script) throws IOException {
    Path place = Files.createDirectories(folder.resolve("bin")).resolve(program);
    String text = "#!/bin/sh\necho \"%s $*\" >> '%s'\n%s\n";
    Files.writeString(place, text.formatted(program, folder.resolve("calls"), script));
    assertTrue(place.toFile().setExecutable(true));
  }

  private String calls() throws IOException {
    Path calls = folder.resolve("calls");
    return Files.exists(calls) ? Files.readString(calls) : "";
  }

  /// Runs the script with the stand-ins and a system's own tools, and nothing else that is
  /// installed.
  private Said run(String line) throws IOException, InterruptedException {
    List<String> words = new ArrayList<>(List.of("/bin/bash", "helm/e2e.sh"));
    words.addAll(line == null || line.isBlank() ? List.of() : List.of(line.strip().split(" ")));
    Path tools = Files.createDirectories(folder.resolve("tools"));
    for (String tool : List.of("cat", "date", "dirname", "mktemp", "rm")) {
      Path link = tools.resolve(tool);
      if (!Files.exists(link)) {
        Files.createSymbolicLink(link, found(tool));
      }
    }
    Path out = folder.resolve("out");
    ProcessBuilder builder =
        new ProcessBuilder(words).redirectErrorStream(true).redirectOutput(out.toFile());
    builder.environment().put("PATH", folder.resolve("bin") + ":" + tools);
    Process process = builder.start();
    assertTrue(process.waitFor(30, TimeUnit.SECONDS), "it does not end");
    return new Said(process.exitValue(), Files.readString(out));
  }

  private static Path found(String tool) {
    Path bin = Path.of("/bin", tool);
    return Files.exists(bin) ? bin : Path.of("/usr/bin", tool);
  }
}
