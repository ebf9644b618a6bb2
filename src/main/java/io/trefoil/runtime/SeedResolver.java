package io.trefoil.runtime;

import io.trefoil.core.model.Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// Turns the seeds as written into literal addresses: again and again, because what a name stands
/// for changes while nodes are moved. Waits for name servers, so never on an event loop.
///
/// A name of several addresses of one family gives them all: such a name cannot tell seeds apart,
/// and whoever founds a cluster must see that.
final class SeedResolver {

  private final List<Address> seeds;
  private final boolean prefersIpv6;

  /// A resolver of one list.
  ///
  /// @param prefersIpv6 which addresses count where a name has both kinds
  SeedResolver(List<Address> seeds, boolean prefersIpv6) {
    this.seeds = seeds;
    this.prefersIpv6 = prefersIpv6;
  }

  /// What the names stand for now.
  ///
  /// @param addresses of all names that are known
  /// @param unknown the names that are not
  record Resolved(List<Address> addresses, List<String> unknown) {}

  /// Looks all names up.
  Resolved resolve() {
    List<String> unknown = new ArrayList<>();
    List<Address> addresses =
        seeds.stream().flatMap(seed -> lookUp(seed, unknown)).distinct().toList();
    return new Resolved(addresses, unknown);
  }

  private Stream<Address> lookUp(Address seed, List<String> unknown) {
    try {
      List<InetAddress> all = List.of(InetAddress.getAllByName(seed.host()));
      List<InetAddress> preferred =
          all.stream().filter(one -> one instanceof Inet6Address == prefersIpv6).toList();
      return (preferred.isEmpty() ? all : preferred)
          .stream().map(one -> new Address(one.getHostAddress(), seed.port()));
    } catch (UnknownHostException _) {
      unknown.add(seed.host());
      return Stream.empty();
    }
  }
}
