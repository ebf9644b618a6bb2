package io.trefoil.simulation.world;

import java.util.Arrays;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;

/// Carries packets between hosts, badly if told so: loses, delays, doubles and reorders them, and
/// is cut into parts. Hosts go by their numbers.
public final class VirtualNetwork {

  private static final int TAIL_FACTOR = 10;

  private final RandomGenerator random;
  private final int hosts;
  private final Map<Integer, LinkQuality> links = new LinkedHashMap<>();
  private final BitSet cuts = new BitSet();
  private final int[] parts;
  private final long[] packets;
  private final long[] bytes;
  private LinkQuality quality;
  private boolean whole = true;

  /// A network whose links are all alike.
  VirtualNetwork(RandomGenerator random, int hosts, LinkQuality quality) {
    this.random = random;
    this.hosts = hosts;
    this.quality = quality;
    this.parts = new int[hosts];
    this.packets = new long[hosts];
    this.bytes = new long[hosts];
  }

  /// Packets a host sent so far, those included that were lost.
  public long packetsFrom(int host) {
    return packets[host];
  }

  /// Bytes a host sent so far, as the world's estimator counts them.
  public long bytesFrom(int host) {
    return bytes[host];
  }

  /// Decides the fate of one packet.
  ///
  /// @param size in bytes
  /// @param delays takes, in nanoseconds, how long each copy is under way
  /// @return how many copies arrive: 0, 1 or 2
  int carry(int from, int to, int size, long[] delays) {
    packets[from]++;
    bytes[from] += size;
    if (!whole && (parts[from] != parts[to] || cuts.get(from * hosts + to))) {
      return 0;
    }
    LinkQuality link = links.isEmpty() ? quality : links.getOrDefault(from * hosts + to, quality);
    if (happens(link.loss())) {
      return 0;
    }
    delays[0] = delay(link);
    if (!happens(link.duplication())) {
      return 1;
    }
    delays[1] = delay(link);
    return 2;
  }

  /// Makes all links alike that were not set one by one.
  void set(LinkQuality quality) {
    this.quality = quality;
  }

  /// Sets one direction between two hosts.
  void set(int from, int to, LinkQuality quality) {
    links.put(from * hosts + to, quality);
  }

  /// Cuts the network: hosts of one group reach each other only; those in none form one more.
  void split(List<List<Integer>> groups) {
    Arrays.fill(parts, 0);
    for (int part = 0; part < groups.size(); part++) {
      for (int host : groups.get(part)) {
        parts[host] = part + 1;
      }
    }
    whole = false;
  }

  /// Lets nothing through in one direction.
  void cut(int from, int to) {
    cuts.set(from * hosts + to);
    whole = false;
  }

  /// Ends all splits and cuts, and makes all links alike again.
  void heal() {
    Arrays.fill(parts, 0);
    cuts.clear();
    links.clear();
    whole = true;
  }

  private boolean happens(double share) {
    return share > 0 && random.nextDouble() < share;
  }

  private long delay(LinkQuality link) {
    long least = link.least().toNanos();
    long most = link.most().toNanos();
    if (happens(link.tail())) {
      return random.nextLong(most, TAIL_FACTOR * most + 1);
    }
    return least == most ? least : random.nextLong(least, most + 1);
  }
}
