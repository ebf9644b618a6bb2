package io.trefoil.nativeimage;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/// What the sources tell the builder of native executables, as it will find it on the class path.
final class Metadata {

  private static final Path FOLDER =
      Path.of("target/classes/META-INF/native-image/io.trefoil/trefoil");

  private static final Path COMMANDS =
      Path.of("target/classes/META-INF/native-image/picocli-generated/io.trefoil/trefoil");

  private Metadata() {}

  /// The entries of reachability-metadata.json under a heading.
  static List<JsonNode> entries(String heading) throws IOException {
    Path file = FOLDER.resolve("reachability-metadata.json");
    return new ObjectMapper().readTree(file.toFile()).path(heading).valueStream().toList();
  }

  /// The types that native code may look up and use whole, by their binary names; arrays end in
  /// `[]`.
  static Set<String> nativeTypes() throws IOException {
    Set<String> types = new TreeSet<>();
    for (JsonNode entry : entries("reflection")) {
      String type = entry.path("type").asText();
      boolean isWhole =
          type.endsWith("[]")
              || (entry.path("allDeclaredConstructors").asBoolean()
                  && entry.path("allDeclaredMethods").asBoolean());
      if (entry.path("jniAccessible").asBoolean() && isWhole) {
        types.add(type);
      }
    }
    return types;
  }

  /// The names of resources that are part of the executable.
  static List<String> resources() throws IOException {
    return entries("resources").stream().map(entry -> entry.path("glob").asText()).toList();
  }

  /// What picocli's annotation processor has written of the command line.
  static List<JsonNode> commands() throws IOException {
    return new ObjectMapper()
        .readTree(COMMANDS.resolve("reflect-config.json").toFile())
        .valueStream()
        .toList();
  }

  /// The packages whose classes are initialized when the executable starts.
  static List<String> initializedAtStart() throws IOException {
    String flag = "--initialize-at-run-time=";
    return arguments()
        .filter(argument -> argument.startsWith(flag))
        .flatMap(argument -> Stream.of(argument.substring(flag.length()).split(",")))
        .toList();
  }

  private static Stream<String> arguments() throws IOException {
    Properties properties = new Properties();
    properties.load(new StringReader(Files.readString(FOLDER.resolve("native-image.properties"))));
    return Stream.of(properties.getProperty("Args").split(" +"));
  }

  /// A resource of the class path, whole.
  static byte[] resource(String name) throws IOException {
    try (InputStream in = Metadata.class.getClassLoader().getResourceAsStream(name)) {
      if (in == null) {
        throw new IOException(name + " is not on the class path");
      }
      return in.readAllBytes();
    }
  }
}
