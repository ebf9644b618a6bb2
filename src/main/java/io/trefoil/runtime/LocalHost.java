package io.trefoil.runtime;

import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.util.Collections;
import java.util.Optional;

/// What a node's machine knows of itself, for settings that nobody made.
class LocalHost {

  /// The machine's name.
  String name() {
    String variable = System.getenv("HOSTNAME");
    if (variable != null && !variable.isBlank()) {
      return variable;
    }
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException _) {
      return "localhost";
    }
  }

  /// The literal address under which others reach the machine: its first that is not loopback, IPv4
  /// before IPv6; without one, loopback.
  String address() {
    return firstAddress().orElse("127.0.0.1");
  }

  /// The literal address of a host; empty if its name is unknown.
  Optional<String> resolve(String host) {
    try {
      return Optional.of(InetAddress.getByName(host).getHostAddress());
    } catch (UnknownHostException _) {
      return Optional.empty();
    }
  }

  /// Whether a literal address is one of the machine's own, loopback included.
  boolean isOwn(String literal) {
    try {
      InetAddress address = InetAddress.getByName(literal);
      return address.isLoopbackAddress() || NetworkInterface.getByInetAddress(address) != null;
    } catch (UnknownHostException | SocketException _) {
      return false;
    }
  }

  private static Optional<String> firstAddress() {
    try {
      return Collections.list(NetworkInterface.getNetworkInterfaces()).stream()
          .filter(LocalHost::isUp)
          .flatMap(NetworkInterface::inetAddresses)
          .filter(a -> !a.isLoopbackAddress() && !a.isLinkLocalAddress())
          .min((a, b) -> Integer.compare(a.getAddress().length, b.getAddress().length))
          .map(InetAddress::getHostAddress);
    } catch (SocketException _) {
      return Optional.empty();
    }
  }

  private static boolean isUp(NetworkInterface device) {
    try {
      return device.isUp();
    } catch (SocketException _) {
      return false;
    }
  }
}
