package io.trefoil.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.trefoil.cli.client.Answer;
import io.trefoil.cli.client.Call;
import io.trefoil.cli.client.KeyPath;
import io.trefoil.core.model.Key;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `trefoil put`: writes one key.
@Command(
    name = "put",
    header = "Write one key, whatever was there, or under a condition.",
    description = "The value is what follows the key, a file's bytes, or standard input.",
    footer = {
      "  trefoil put greeting 'hello there'",
      "  trefoil put logo --file logo.png --content-type image/png",
      "  echo 42 | trefoil put counter --if-none-match '*'   # only if there is none yet",
      "  trefoil put counter 43 --if-match ETAG              # only if nobody was faster"
    })
final class PutCommand implements Callable<Integer> {

  private static final int CREATED = 201;

  @Mixin private EndpointOptions nodes;
  @Mixin private OutputOptions output;

  @Parameters(
      index = "0",
      paramLabel = "KEY",
      converter = KeyConverter.class,
      description = "The key, 1 to 512 bytes of UTF-8; slashes and all else allowed.")
  private Key key;

  @Parameters(
      index = "1",
      arity = "0..1",
      paramLabel = "VALUE",
      description = "The value as text. Without it and --file, standard input is the value.")
  private String value;

  @Option(
      names = {"-f", "--file"},
      paramLabel = "FILE",
      description = "Take the value from this file.")
  private Path file;

  @Option(
      names = "--if-match",
      paramLabel = "ETAG",
      description = "Only if the key's version is this one, or, with '*', if it has a value.")
  private String ifMatch;

  @Option(
      names = "--if-none-match",
      paramLabel = "*",
      description = "With '*': only if the key has no value yet.")
  private String ifNoneMatch;

  @Option(
      names = "--content-type",
      paramLabel = "TYPE",
      description = "The media type kept with the value. Default: application/octet-stream.")
  private String contentType;

  private final Console console;

  PutCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    Answer.Done done = Requests.ask(nodes, request());
    boolean created = done.status() == CREATED;
    if (output.json()) {
      ObjectNode json = Results.json(key, done).put("created", created);
      console.json(json);
    } else {
      String what = created ? "created " : "written ";
      console.say(what + key + ", ETag " + EntityTag.bare(done.header("ETag")));
    }
    return ExitCode.OK.code();
  }

  private Call request() {
    Call call = Call.put(KeyPath.of("/v1/kv", key), bytes());
    if (ifMatch != null) {
      call = call.with("If-Match", EntityTag.quoted(ifMatch));
    }
    if (ifNoneMatch != null) {
      call = call.with("If-None-Match", EntityTag.quoted(ifNoneMatch));
    }
    return contentType == null ? call : call.with("Content-Type", contentType);
  }

  private byte[] bytes() {
    if (value != null && file != null) {
      throw new Failure(ExitCode.USAGE, "a value and --file are given; one of them is enough");
    }
    try {
      if (value != null) {
        return value.getBytes(StandardCharsets.UTF_8);
      }
      return file == null ? console.in().readAllBytes() : Files.readAllBytes(file);
    } catch (IOException e) {
      throw new Failure(ExitCode.USAGE, FileTrouble.sentence(e));
    }
  }
}
