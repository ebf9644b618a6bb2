package io.trefoil.image;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/// The JVM image, built by the command that people build it with, and unpacked. Neither a registry
/// nor a daemon takes part: a script in the place of `docker` keeps what Jib hands to it.
///
/// @param name its name and tag
/// @param config what is told to a container runtime
/// @param layers the files of the image, from the lowest up
/// @param root the folder that all of them are unpacked into
record BuiltImage(String name, JsonNode config, List<Path> layers, Path root) {

  private static final String DOCKER =
      """
      #!/bin/sh
      case $1 in
        info) echo '{"OSType":"linux","Architecture":"x86_64"}' ;;
        load) cat >"${0%/*}/image.tar" ;;
        *) exit 1 ;;
      esac
      """;

  /// Builds it in an empty folder, out of a copy of the sources and of what is compiled already, so
  /// that the package in `target` stays as it is.
  static BuiltImage build(Path folder) throws IOException, InterruptedException {
    Path project = Files.createDirectories(folder.resolve("project"));
    for (String part : List.of("pom.xml", "mvnw", ".mvn")) {
      Shell.run(folder, "cp", "-r", Path.of(part).toAbsolutePath().toString(), "project/");
    }
    copy("src/main", project.resolve("src"));
    copy("target/classes", project.resolve("target"));
    Path base = BaseImage.make(Files.createDirectories(folder.resolve("base")));
    Path docker = Files.writeString(folder.resolve("docker"), DOCKER);
    if (!docker.toFile().setExecutable(true)) {
      throw new IOException("cannot make " + docker + " executable");
    }
    Shell.run(
        project,
        "./mvnw",
        "-o",
        "-q",
        "-B",
        "quarkus:build",
        "-Dquarkus.container-image.build=true",
        "-Dquarkus.jib.base-jvm-image=tar://" + base,
        "-Dquarkus.jib.docker-executable-name=" + docker);
    return unpack(folder);
  }

  /// The files of the root, by name.
  List<String> names() throws IOException {
    try (Stream<Path> all = Files.list(root)) {
      return all.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  /// A list of texts in the runtime's part of the configuration.
  List<String> texts(String name) {
    return config.path("config").path(name).valueStream().map(JsonNode::asText).toList();
  }

  private static BuiltImage unpack(Path folder) throws IOException, InterruptedException {
    Path parts = Files.createDirectories(folder.resolve("parts"));
    Path root = Files.createDirectories(folder.resolve("root"));
    Shell.run(folder, "tar", "xf", "image.tar", "-C", parts.toString());
    ObjectMapper json = new ObjectMapper();
    JsonNode image = json.readTree(parts.resolve("manifest.json").toFile()).path(0);
    List<Path> layers =
        image.path("Layers").valueStream().map(layer -> parts.resolve(layer.asText())).toList();
    for (Path layer : layers) {
      Shell.run(folder, "tar", "xzf", layer.toString(), "-C", root.toString());
    }
    JsonNode config = json.readTree(parts.resolve(image.path("Config").asText()).toFile());
    return new BuiltImage(image.path("RepoTags").path(0).asText(), config, layers, root);
  }

  private static void copy(String part, Path into) throws IOException, InterruptedException {
    Files.createDirectories(into);
    Shell.run(into, "cp", "-r", Path.of(part).toAbsolutePath().toString(), ".");
  }
}
