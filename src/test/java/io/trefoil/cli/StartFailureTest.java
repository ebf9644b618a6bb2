package io.trefoil.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quarkus.runtime.QuarkusBindException;
import io.quarkus.runtime.configuration.ConfigurationException;
import io.smallrye.config.ConfigValidationException;
import java.net.BindException;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class StartFailureTest {

  private final Captured captured = new Captured();

  @Test
  void aTakenHttpPortIsNamed() {
    var taken = new QuarkusBindException("0.0.0.0", 8080, new BindException());
    assertEquals(
        List.of(
            "port 8080 is taken by another program; choose another with --http-port"
                + " (quarkus.http.port)"),
        StartFailure.sentences(new RuntimeException(taken)));
  }

  @Test
  void aWrongSettingIsToldInItsOwnSentenceAlone() {
    Throwable wrong =
        new RuntimeException(
            "Failed to start",
            new ConfigurationException(
                "trefoil.peer.port is 70000; it must lie between 0 and 65535.",
                new IllegalArgumentException("inner")));
    StartFailure.tell(captured.console(), wrong);
    assertEquals(
        "trefoil: trefoil.peer.port is 70000; it must lie between 0 and 65535.\n", captured.err());
  }

  @Test
  void everyValueThatCannotBeReadIsToldByItsKey() {
    var problems =
        problems(
            "java.lang.IllegalArgumentException: SRCFG00039: The config property trefoil.peer.port"
                + " with the config value \"many\" threw an Exception whilst being converted"
                + " SRCFG00029: Expected an integer value, got \"many\"",
            "java.lang.IllegalArgumentException: SRCFG00039: The config property"
                + " trefoil.storage.engine with the config value \"paper\" threw an Exception"
                + " whilst being converted SRCFG00049: Cannot convert paper to enum class"
                + " io.trefoil.runtime.TrefoilSettings$Engine, allowed values: rocksdb,memory",
            "SRCFG00050: trefoil.peer.hots in SysPropConfigSource does not map to any root",
            "SRCFG00014: trefoil.x is required");
    assertEquals(
        List.of(
            "trefoil.peer.port is \"many\": Expected an integer value, got \"many\"",
            "trefoil.storage.engine is \"paper\": Cannot convert paper, allowed values:"
                + " rocksdb,memory",
            "trefoil.peer.hots is not a setting; is it misspelt?",
            "trefoil.x is required"),
        StartFailure.sentences(problems));
  }

  private static ConfigValidationException problems(String... messages) {
    return new ConfigValidationException(
        Arrays.stream(messages)
            .map(ConfigValidationException.Problem::new)
            .toArray(ConfigValidationException.Problem[]::new));
  }

  @Test
  void aDefectShowsItsStackTrace() {
    StartFailure.tell(captured.console(), new NullPointerException());
    assertTrue(captured.err().startsWith("trefoil: the node did not start; please report"));
    assertTrue(captured.err().contains("at io.trefoil.cli.StartFailureTest"), captured.err());
  }
}
