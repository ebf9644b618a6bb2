package io.trefoil.image;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// An unpacked image that runs as a container does: process 1 of its own, the image's user and
/// environment, a root that cannot be written, /data and an empty /tmp that can. The network is the
/// machine's.
final class Container implements AutoCloseable {

  /// Mounts are seen by this process and its children only, and end with them.
  private static final String SCRIPT =
      """
      set -eu
      root=$1 java=$2 data=$3 user=$4
      shift 4
      mount --bind "$root" "$root"
      for place in %s; do mount --rbind "/$place" "$root/$place"; done
      mount --bind "$java" "$root/%s"
      mount --bind "$data" "$root/data"
      mount -t tmpfs -o mode=1777 tmpfs "$root/tmp"
      mount -t proc proc "$root/proc"
      mount -o remount,bind,ro "$root"
      exec chroot --userspec="$user" "$root" /usr/bin/env -i "$@"
      """
          .formatted(String.join(" ", BaseImage.BORROWED), BaseImage.JAVA);

  private static final List<String> OWN_NAMESPACES =
      List.of("unshare", "--mount", "--pid", "--fork", "--kill-child");

  private final Process process;
  private final Path log;

  private Container(Process process, Path log) {
    this.process = process;
    this.log = log;
  }

  /// Whether this machine and this user can run one.
  static boolean isPossible() throws InterruptedException {
    List<String> attempt = new ArrayList<>(OWN_NAMESPACES);
    attempt.add("true");
    return Shell.succeeds(attempt.toArray(String[]::new));
  }

  /// Starts one.
  ///
  /// @param data the folder behind /data, owned by the image's user
  /// @param variables added to the image's environment, each as `NAME=value`
  /// @param command the program and its arguments
  static Container start(BuiltImage image, Path data, List<String> variables, List<String> command)
      throws IOException {
    List<String> all = new ArrayList<>(OWN_NAMESPACES);
    all.addAll(List.of("bash", "-c", SCRIPT, "container", image.root().toString()));
    all.addAll(List.of(System.getProperty("java.home"), data.toString()));
    all.add(image.config().path("config").path("User").asText());
    all.add("--chdir=" + image.config().path("config").path("WorkingDir").asText());
    all.addAll(image.texts("Env"));
    all.addAll(variables);
    all.addAll(command);
    Path log = Files.createTempFile(data.getParent(), "container", ".log");
    Process process =
        new ProcessBuilder(all).redirectErrorStream(true).redirectOutput(log.toFile()).start();
    return new Container(process, log);
  }

  /// Sends SIGTERM to its process 1, as a container runtime does.
  void stop() {
    process.children().forEach(ProcessHandle::destroy);
  }

  boolean isAlive() {
    return process.isAlive();
  }

  /// Its exit code, once it has ended.
  int exitCode() throws InterruptedException {
    return Shell.exitCode(process);
  }

  /// What it has printed.
  String log() throws IOException {
    return Files.readString(log);
  }

  @Override
  public void close() {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly().onExit().join();
  }
}
