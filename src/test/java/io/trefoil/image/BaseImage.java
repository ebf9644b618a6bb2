package io.trefoil.image;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/// An image to build on that has no files, only places where [Container] puts this machine's own
/// programs and this build's Java: as `docker save` writes one.
final class BaseImage {

  /// Folders of this machine that a container sees.
  static final List<String> BORROWED = List.of("dev", "etc", "usr");

  /// Where it sees the Java of the build.
  static final String JAVA = "java";

  private static final List<String> OWN = List.of(JAVA, "data", "proc", "tmp");
  private static final List<String> LINKS = List.of("bin", "lib", "lib64");

  private static final ObjectMapper JSON = new ObjectMapper();

  private BaseImage() {}

  /// Makes it in an empty folder.
  ///
  /// @return the tar file
  static Path make(Path folder) throws IOException, InterruptedException {
    Path files = folder.resolve("files");
    for (String name : BORROWED) {
      Files.createDirectories(files.resolve(name));
    }
    for (String name : OWN) {
      Files.createDirectories(files.resolve(name));
    }
    for (String name : LINKS) {
      Files.createSymbolicLink(files.resolve(name), Path.of("usr", name));
    }
    Path layer = folder.resolve("layer.tar");
    Shell.run(folder, "tar", "cf", layer.toString(), "-C", files.toString(), ".");
    JSON.writeValue(folder.resolve("config.json").toFile(), config(layer));
    JSON.writeValue(folder.resolve("manifest.json").toFile(), manifest());
    Path image = folder.resolve("base.tar");
    Shell.run(folder, "tar", "cf", image.toString(), "manifest.json", "config.json", "layer.tar");
    return image;
  }

  private static JsonNode config(Path layer) throws IOException {
    ObjectNode config = JSON.createObjectNode().put("architecture", "amd64").put("os", "linux");
    config.putObject("config").putArray("Env").add("PATH=/" + JAVA + "/bin:/usr/bin:/bin");
    config.putObject("rootfs").put("type", "layers").putArray("diff_ids").add(digest(layer));
    return config;
  }

  private static JsonNode manifest() {
    ObjectNode image = JSON.createObjectNode().put("Config", "config.json");
    image.putArray("RepoTags").add("base:latest");
    image.putArray("Layers").add("layer.tar");
    return JSON.createArrayNode().add(image);
  }

  private static String digest(Path file) throws IOException {
    try {
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file));
      return "sha256:" + HexFormat.of().formatHex(hash);
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }
}
