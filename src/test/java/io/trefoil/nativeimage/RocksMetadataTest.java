package io.trefoil.nativeimage;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.StringReader;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.jar.JarFile;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.rocksdb.RocksDB;

/// RocksDB is C++ that calls back into Java by names it carries as text. Of these an executable has
/// only what reachability-metadata.json lists: so the list is held to the libraries themselves.
class RocksMetadataTest {

  private static final Pattern CLASS_NAME =
      Pattern.compile("(?:org/rocksdb|java/lang|java/nio|java/util)/[A-Za-z0-9_$]+");

  private static final String LIBRARY = "librocksdbjni-";

  /// The libraries that the package keeps: those of platforms somebody may build on.
  static List<String> libraries() throws IOException, URISyntaxException {
    List<String> removed = removed();
    try (JarFile jar = new JarFile(jar().toFile())) {
      return jar.stream()
          .map(entry -> entry.getName())
          .filter(name -> name.startsWith(LIBRARY) && !removed.contains(name))
          .sorted()
          .toList();
    }
  }

  @Test
  void everyLibraryThatThePackageKeepsIsPartOfAnExecutable() throws Exception {
    assertEquals(libraries(), Metadata.resources().stream().sorted().toList());
  }

  @ParameterizedTest
  @MethodSource("libraries")
  void everyClassThatALibraryNamesMayBeUsedByIt(String library) throws Exception {
    Set<String> named = named(library);
    assertTrue(named.contains("org.rocksdb.RocksDBException"), "names were not found: " + named);
    named.remove(Object.class.getName()); // Part of signatures; never looked up.
    named.removeAll(Metadata.nativeTypes());
    assertEquals(Set.of(), named);
  }

  @Test
  void everyTypeThatIsListedIsThere() throws IOException {
    for (String type : Metadata.nativeTypes()) {
      String element = type.replace("[]", "");
      if (!element.equals("byte")) {
        assertDoesNotThrow(() -> Class.forName(element, false, RocksDB.class.getClassLoader()));
      }
    }
  }

  /// The classes among the texts of a library, by binary name.
  private static Set<String> named(String library) throws IOException {
    String texts = new String(Metadata.resource(library), StandardCharsets.ISO_8859_1);
    Set<String> classes = new TreeSet<>();
    CLASS_NAME
        .matcher(texts)
        .results()
        .map(found -> found.group())
        .filter(RocksMetadataTest::isClass)
        .forEach(name -> classes.add(name.replace('/', '.')));
    return classes;
  }

  private static boolean isClass(String name) {
    return RocksDB.class.getClassLoader().getResource(name + ".class") != null;
  }

  private static Path jar() throws URISyntaxException {
    return Path.of(RocksDB.class.getProtectionDomain().getCodeSource().getLocation().toURI());
  }

  /// What application.properties leaves out of the package.
  private static List<String> removed() throws IOException {
    Properties settings = new Properties();
    settings.load(
        new StringReader(Files.readString(Path.of("src/main/resources/application.properties"))));
    String key = "quarkus.class-loading.removed-resources.\"org.rocksdb:rocksdbjni\"";
    return Arrays.asList(settings.getProperty(key).split(","));
  }
}
