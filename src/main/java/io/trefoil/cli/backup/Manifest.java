package io.trefoil.cli.backup;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// What makes a folder of files a backup: written last, so that its being there says that all is.
///
/// @param origin which cluster it is of
/// @param firstEpoch of the cluster map when the backup began
/// @param lastEpoch of the cluster map when it ended
/// @param begun when it began, as ISO 8601
/// @param finished when it ended, as ISO 8601
/// @param files what each holds, in the order of their partitions
public record Manifest(
    Origin origin,
    long firstEpoch,
    long lastEpoch,
    String begun,
    String finished,
    List<Summary> files) {

  /// The file's name.
  static final String NAME = "manifest.json";

  private static final ObjectMapper JSON = new ObjectMapper();

  /// How many records there are.
  public long records() {
    return files.stream().mapToLong(Summary::records).sum();
  }

  /// How many bytes their keys and values have.
  public long bytes() {
    return files.stream().mapToLong(Summary::bytes).sum();
  }

  /// The manifest as it stands in its file.
  public ObjectNode json() {
    ObjectNode json =
        JSON.createObjectNode()
            .put("format", Frames.FORMAT)
            .put("cluster", origin.cluster())
            .put("clusterId", origin.clusterId())
            .put("partitions", origin.partitions())
            .put("firstEpoch", firstEpoch)
            .put("lastEpoch", lastEpoch)
            .put("begun", begun)
            .put("finished", finished)
            .put("records", records())
            .put("bytes", bytes());
    ArrayNode list = json.putArray("files");
    for (Summary file : files) {
      list.addObject()
          .put("name", file.name())
          .put("records", file.records())
          .put("bytes", file.bytes())
          .put("sha256", file.sha256());
    }
    return json;
  }

  void write(Path folder) throws IOException {
    Placing.write(
        folder.resolve(NAME), JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(json()));
  }

  /// Reads a folder's manifest.
  ///
  /// @throws DamagedBackup if it is none
  /// @throws NewerFormat if a newer program wrote it
  static Manifest read(Path folder) throws IOException {
    Path file = folder.resolve(NAME);
    JsonNode json;
    try {
      json = JSON.readTree(Files.readAllBytes(file));
    } catch (JacksonException e) {
      throw new DamagedBackup(file + " is no JSON: " + e.getOriginalMessage());
    }
    if (json.path("format").asInt() > Frames.FORMAT) {
      throw new NewerFormat(file, json.path("format").asInt());
    }
    Manifest manifest = of(json);
    if (!JSON.readTree(JSON.writeValueAsBytes(manifest.json())).equals(json)) {
      throw new DamagedBackup(file + " is not as a backup leaves it");
    }
    return manifest;
  }

  private static Manifest of(JsonNode json) {
    List<Summary> files = new ArrayList<>();
    for (JsonNode file : json.path("files")) {
      files.add(
          new Summary(
              file.path("name").asText(),
              file.path("records").asLong(),
              file.path("bytes").asLong(),
              file.path("sha256").asText()));
    }
    return new Manifest(
        new Origin(
            json.path("cluster").asText(),
            json.path("clusterId").asText(),
            json.path("partitions").asInt()),
        json.path("firstEpoch").asLong(),
        json.path("lastEpoch").asLong(),
        json.path("begun").asText(),
        json.path("finished").asText(),
        files);
  }
}
