package io.trefoil.core.membership;

import io.trefoil.core.membership.VirtualCluster.Sighting;
import io.trefoil.core.model.MemberState;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// Prints the measurements of docs/decisions/0005. Run by hand: arguments are `detect|false`, the
/// number of nodes, the loss in per cent, suspicionMin in ms, and for `detect` the number of
/// crashes, for `false` the virtual minutes.
final class ScaleTable {

  private ScaleTable() {}

  public static void main(String[] args) {
    int nodes = Integer.parseInt(args[1]);
    double loss = Integer.parseInt(args[2]) / 100.0;
    Duration min = Duration.ofMillis(Integer.parseInt(args[3]));
    int opinions = Integer.parseInt(args[4]);
    int amount = Integer.parseInt(args[5]);
    MembershipSettings settings =
        MembershipSettings.DEFAULT.withSuspicionMin(min).withOpinions(opinions);
    long began = System.nanoTime();
    VirtualCluster cluster = VirtualCluster.of(nodes, 1, settings);
    cluster.loss = loss;
    cluster.run(Duration.ofSeconds(65));
    if ("detect".equals(args[0])) {
      System.out.println(describe(detect(cluster, amount)));
    } else {
      watch(cluster, amount);
    }
    long millis = (System.nanoTime() - began) / 1_000_000;
    System.out.printf("%s: %d events, %d ms%n", String.join(" ", args), cluster.events, millis);
  }

  private static void watch(VirtualCluster cluster, int minutes) {
    long suspected = suspicions(cluster);
    cluster.hosts.forEach(h -> h.bytes = 0);
    cluster.run(Duration.ofMinutes(minutes));
    double hours = cluster.hosts.size() * minutes / 60.0;
    long bytes = cluster.hosts.stream().mapToLong(h -> h.bytes).sum();
    System.out.printf(
        "false deaths %d in %.0f node-hours; sightings of suspects %d; %.0f B/s per node sent%n",
        cluster.falseDeaths.size(), hours, suspicions(cluster) - suspected, bytes / (hours * 3600));
    System.out.printf(
        "isolated %d, views %d%n",
        cluster.isolations.size(),
        cluster.hosts.stream()
            .filter(h -> VirtualCluster.aliveSeenBy(h) < cluster.hosts.size())
            .count());
  }

  private static long suspicions(VirtualCluster cluster) {
    return cluster.sightings.stream().filter(s -> s.state() == MemberState.SUSPECT).count();
  }

  /// Crashes nodes one after another, each back before the next, and gathers how long every other
  /// member took to hold it dead.
  static List<Long> detect(VirtualCluster cluster, int crashes) {
    List<Long> times = new ArrayList<>();
    for (int i = 0; i < crashes; i++) {
      VirtualHost victim = cluster.host(1 + i % cluster.hosts.size());
      cluster.crash(victim);
      long crashed = cluster.nanos();
      cluster.run(Duration.ofSeconds(20));
      for (Sighting s : cluster.sightings) {
        if (s.nanos() >= crashed
            && s.subject().equals(victim.id)
            && s.state() == MemberState.DEAD) {
          times.add(s.nanos() - crashed);
        }
      }
      cluster.sightings.clear();
      cluster.start(victim.id, i + 2, victim.address);
      cluster.run(Duration.ofMillis(20_000 + 137 * i));
    }
    return times;
  }

  static String describe(List<Long> nanos) {
    List<Long> sorted = nanos.stream().sorted().toList();
    return "detected %d times: median %d ms, p99 %d ms, longest %d ms"
        .formatted(
            sorted.size(),
            percentile(sorted, 50) / 1_000_000,
            percentile(sorted, 99) / 1_000_000,
            sorted.getLast() / 1_000_000);
  }

  static long percentile(List<Long> sorted, int percent) {
    return sorted.get(Math.min(sorted.size() - 1, sorted.size() * percent / 100));
  }
}
