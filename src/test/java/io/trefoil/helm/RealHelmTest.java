package io.trefoil.helm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.trefoil.helm.HelmProgram.Said;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The same with the program that operators use, where `helm` is on the path; skipped elsewhere.
class RealHelmTest {

  @TempDir private Path folder;
  private HelmProgram helm;

  @BeforeAll
  static void findHelm() {
    HelmProgram.require();
  }

  @BeforeEach
  void withoutACluster() {
    helm = new HelmProgram(folder, folder.resolve("none"));
  }

  @Test
  void theProgramFindsNothingToComplainOf() throws Exception {
    Said lint = helm.run("lint", "--strict", Chart.FOLDER.toString());
    assertEquals(0, lint.exit(), lint.text());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", Chart.MINIMAL, Chart.HIGHLY_AVAILABLE, Chart.EVERYTHING})
  void theProgramRendersWhatTheLibraryRenders(String values) throws Exception {
    Said template = helm.template(values, "--no-hooks");
    assertEquals(0, template.exit(), template.text());
    assertEquals(documents(Chart.text(values)), documents(template.text()));
  }

  @Test
  void theProgramSeesTheHooks() throws Exception {
    Said said = helm.template("scaleDown: {from: 5}", "--is-upgrade");
    assertTrue(said.text().contains("name: birch-trefoil-scale-down"), said.text());
    assertTrue(said.text().contains("name: birch-trefoil-test"), said.text());
  }

  @Test
  void theProgramRefusesWithTheSameSentence() throws Exception {
    Said refused = helm.template("replicas: 2");
    assertEquals(1, refused.exit());
    assertTrue(refused.text().contains("each key has three copies"), refused.text());
  }

  @Test
  void aPackageHoldsAlertsAndDashboard() throws Exception {
    Said said = helm.run("package", Chart.FOLDER.toString(), "-d", folder.toString());
    assertEquals(0, said.exit(), said.text());
    String packed = folder.resolve("trefoil-0.1.0.tgz").toString();
    String on = "metrics.prometheusRule.enabled=true,metrics.dashboard.enabled=true";
    Said rendered = helm.run("template", "birch", packed, "--set", on);
    assertTrue(rendered.text().contains("alert: TrefoilNodeDown"), rendered.text());
    assertTrue(rendered.text().contains("\"uid\": \"trefoil\""), rendered.text());
  }

  private static List<String> documents(String text) {
    return Arrays.stream(text.split("(?m)^---\\R"))
        .map(document -> document.replaceAll("(?m)^# Source.*\\R", "").strip())
        .filter(document -> !document.isEmpty())
        .sorted()
        .toList();
  }
}
