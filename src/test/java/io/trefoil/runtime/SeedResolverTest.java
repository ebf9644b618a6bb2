package io.trefoil.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.trefoil.core.model.Address;
import io.trefoil.runtime.SeedResolver.Resolved;
import java.util.List;
import org.junit.jupiter.api.Test;

class SeedResolverTest {

  @Test
  void namesBecomeLiteralAddressesEachOnce() {
    List<Address> seeds =
        List.of(
            new Address("localhost", 7400),
            new Address("127.0.0.1", 7400),
            new Address("127.0.0.1", 7410));

    assertEquals(
        new Resolved(
            List.of(new Address("127.0.0.1", 7400), new Address("127.0.0.1", 7410)), List.of()),
        new SeedResolver(seeds, false).resolve());
  }

  @Test
  void unknownNamesAreToldAndTheOthersStillResolved() {
    List<Address> seeds =
        List.of(new Address("no-such-host.invalid", 1), new Address("127.0.0.1", 2));

    assertEquals(
        new Resolved(List.of(new Address("127.0.0.1", 2)), List.of("no-such-host.invalid")),
        new SeedResolver(seeds, false).resolve());
  }
}
