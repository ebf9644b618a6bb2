package io.trefoil.simulation.junit;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.TestTemplate;
import org.junit.jupiter.api.extension.ExtendWith;

/// A test that is given a cluster of the product's own nodes in virtual time, once for each of
/// several seeds. Its method takes a [SimulatedCluster]. Afterwards every invariant of the protocol
/// must have held and everything the test asked must have been linearizable, or the test fails.
///
/// The seed stands in the name of each run; `-Dtrefoil.seed=7` runs that one alone, and what
/// happens in it is the same each time.
@Documented
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@TestTemplate
@ExtendWith(SimulatedClusterExtension.class)
public @interface SimulatedTest {

  /// How many nodes, all started and ready when the test begins.
  int nodes() default 5;

  /// How many runs, each with a seed of its own; more find more and take longer.
  int seeds() default 10;

  /// The first run's seed.
  long firstSeed() default 1;

  /// How long a dead node must be dead before its share goes to others, in seconds of virtual time;
  /// above the lease of 10 s.
  int evictionDelaySeconds() default 30;
}
