package io.trefoil.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// A network of this machine's own, with addresses that are set aside for tests (RFC 2544). Each
/// node lives in a network namespace; cables lead from there, and from this process, to one switch,
/// which has a namespace to itself, so that no rule for this machine's traffic concerns it.
///
/// A node whose packets to another one are to be lost sends them to a network card that nobody has:
/// they vanish without a word, in that direction alone. This process reaches every node all the
/// while. Needs root on Linux.
final class SplitNetwork implements AutoCloseable {

  private static final String NOBODY = "02:00:00:00:00:01";
  private static final int HERE = 254;

  /// Tells one run's names and addresses from another's.
  private static final long RUN = ProcessHandle.current().pid();

  private static final String PREFIX = "tf" + RUN;
  private static final String HUB = PREFIX + "-hub";
  private static final String SUBNET = "198.18." + RUN % 256 + ".";

  private final int size;
  private final Thread atExit = new Thread(this::remove);

  /// Builds it, all nodes within reach of each other.
  ///
  /// @param size how many nodes, numbered from 1
  /// @throws IllegalStateException if this machine refuses
  SplitNetwork(int size) {
    this.size = size;
    Runtime.getRuntime().addShutdownHook(atExit);
    try {
      build();
    } catch (RuntimeException e) {
      close();
      throw e;
    }
  }

  /// Why there can be none here; empty text if there can.
  static String obstacle() {
    String probe = PREFIX + "-probe";
    String trouble = run("netns add " + probe);
    if (trouble.isEmpty()) {
      trouble = run("-n " + probe + " link add name hub type bridge");
      run("netns del " + probe);
    }
    return trouble.isEmpty()
        ? ""
        : "The network is not split: that takes root on Linux, and the command 'ip'. " + trouble;
  }

  /// A node's address.
  String address(int node) {
    return SUBNET + node;
  }

  /// What stands before a command that is to run where a node lives.
  List<String> inside(int node) {
    return List.of("ip", "netns", "exec", space(node));
  }

  /// From now on what one of some nodes sends to one of others is lost; not the other way round.
  void lose(List<Integer> senders, List<Integer> receivers) {
    for (int sender : senders) {
      for (int receiver : receivers) {
        String lost = address(receiver) + " lladdr " + NOBODY + " dev wire nud permanent";
        ip("-n " + space(sender) + " neigh replace " + lost);
      }
    }
  }

  /// From now on neither side hears the other.
  void split(List<Integer> side, List<Integer> other) {
    lose(side, other);
    lose(other, side);
  }

  /// From now on nothing is lost.
  void heal() {
    for (int node = 1; node <= size; node++) {
      ip("-n " + space(node) + " neigh flush dev wire nud permanent");
    }
  }

  /// Removes all of it. What runs there must have ended.
  @Override
  public void close() {
    remove();
    Runtime.getRuntime().removeShutdownHook(atExit);
  }

  /// With a namespace go its ends of all cables, and with one end of a cable the other.
  private void remove() {
    for (int node = 1; node <= size; node++) {
      run("netns del " + space(node));
    }
    run("link del dev " + PREFIX);
    run("netns del " + HUB);
  }

  private void build() {
    ip("netns add " + HUB);
    ip("-n " + HUB + " link add name hub type bridge");
    ip("-n " + HUB + " link set dev hub up");
    ip("link add name " + PREFIX + " type veth peer name wire0 netns " + HUB);
    plug(0);
    ip("addr add " + SUBNET + HERE + "/24 dev " + PREFIX);
    ip("link set dev " + PREFIX + " up");
    for (int node = 1; node <= size; node++) {
      String space = space(node);
      ip("netns add " + space);
      ip("-n " + HUB + " link add name wire" + node + " type veth peer name wire netns " + space);
      plug(node);
      ip("-n " + space + " addr add " + address(node) + "/24 dev wire");
      ip("-n " + space + " link set dev wire up");
      ip("-n " + space + " link set dev lo up");
    }
  }

  private static void plug(int number) {
    ip("-n " + HUB + " link set dev wire" + number + " master hub up");
  }

  private static String space(int node) {
    return PREFIX + "-" + node;
  }

  private static void ip(String words) {
    String trouble = run(words);
    if (!trouble.isEmpty()) {
      throw new IllegalStateException(trouble);
    }
  }

  /// @param words what `ip` is told, with a space between
  /// @return what went wrong; empty text for nothing
  private static String run(String words) {
    List<String> command = new ArrayList<>(List.of("ip"));
    command.addAll(List.of(words.split(" ")));
    try {
      Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
      String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      return process.waitFor() == 0 ? "" : "'ip " + words + "' says: " + said.strip();
    } catch (IOException e) {
      return e.getMessage();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
