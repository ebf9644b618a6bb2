package io.trefoil.nativeimage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.nio.charset.Charset;
import java.util.ServiceLoader;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Every place that reaches something by name or by reflection is known, and why it works in an
/// executable. A new one belongs here only after what it reaches has been registered. What extends
/// JUnit is no part of the program.
class ByNameTest {

  private static final Set<String> KNOWN =
      Set.of(
          // A part of what a resource returns (JsonAnswersTest).
          "api.OperatorResource.member -> Response.accepted",
          // Bytes.
          "api.ProblemAnswers.response -> ResponseBuilder.entity",
          "api.ReadAnswers.found -> ResponseBuilder.entity",
          // JsonNodes, which write themselves.
          "cli.Console.json -> ObjectWriter.writeValueAsString",
          "cli.backup.BackupFolder.json -> ObjectWriter.writeValueAsBytes",
          "cli.backup.Manifest.read -> ObjectMapper.writeValueAsBytes",
          "cli.backup.Manifest.write -> ObjectWriter.writeValueAsBytes",
          "cli.backup.RestoreState.save -> ObjectWriter.writeValueAsBytes",
          // The libraries of RocksMetadataTest.
          "storage.RocksLibrary.copyTo -> ClassLoader.getResource");

  @Test
  void everyPlaceIsKnown() {
    JavaClasses trefoil =
        new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .withImportOption(location -> !location.contains("/simulation/junit/"))
            .importPackages("io.trefoil");
    assertEquals(KNOWN, ByName.places(trefoil));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Class.forName",
        "Class.getRecordComponents",
        "Class.getResource",
        "Constructor.newInstance",
        "Charset.forName",
        "String.getBytes",
        "ServiceLoader.load",
        "ObjectMapper.readValue",
        "ObjectMapper.valueToTree"
      })
  void aPlaceIsFound(String target) {
    Set<String> found = ByName.places(new ClassFileImporter().importClasses(Sinner.class));
    assertTrue(found.stream().anyMatch(place -> place.endsWith("-> " + target)), found.toString());
  }

  @SuppressWarnings({"unused", "rawtypes"})
  private static final class Sinner {
    Object sin(String name) throws Exception {
      Class.forName(name).getDeclaredConstructor().newInstance();
      ServiceLoader.load(Runnable.class);
      ObjectMapper json = new ObjectMapper();
      json.valueToTree(json.readValue(name.getBytes("UTF-16"), Sinner.class));
      return Charset.forName(name).name()
          + Sinner.class.getResource(name)
          + Sinner.class.getRecordComponents();
    }
  }
}
