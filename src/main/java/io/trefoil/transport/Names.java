package io.trefoil.transport;

import io.vertx.core.Context;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/// The IP addresses of hosts. Literals are their own; names are looked up aside, never on the event
/// loop, and looked up again every few seconds for as long as they are in use, because the machine
/// behind a name changes.
final class Names {

  private static final long FRESH_NANOS = TimeUnit.SECONDS.toNanos(5);

  private final Context context;
  private final Map<String, Entry> entries = new HashMap<>();

  private static final class Entry {
    private Optional<String> literal = Optional.empty();
    private long askedAt;
    private boolean asking;
    private boolean used;
  }

  /// Looks names up for one event loop.
  Names(Context context) {
    this.context = context;
  }

  /// The address of a host, as a literal; empty while a name's is not known. The answer may be a
  /// few seconds old.
  Optional<String> literal(String host) {
    Entry entry = entries.get(host);
    if (entry == null) {
      entry = new Entry();
      entries.put(host, entry);
      if (isLiteral(host)) {
        entry.literal = Optional.of(host);
        entry.asking = true;
      } else {
        ask(host, entry);
      }
    } else if (!entry.asking && System.nanoTime() - entry.askedAt > FRESH_NANOS) {
      ask(host, entry);
    }
    entry.used = true;
    return entry.literal;
  }

  /// Forgets the hosts that were not asked for since this was last called.
  void sweep() {
    entries.values().removeIf(entry -> !entry.used);
    entries.values().forEach(entry -> entry.used = false);
  }

  private static boolean isLiteral(String host) {
    try {
      return InetAddress.ofLiteral(host) != null;
    } catch (IllegalArgumentException _) {
      return false;
    }
  }

  private void ask(String host, Entry entry) {
    entry.asking = true;
    entry.askedAt = System.nanoTime();
    context
        .executeBlocking(() -> lookUp(host), false)
        .onComplete(
            found -> {
              entry.asking = false;
              if (found.succeeded()) {
                entry.literal = Optional.of(found.result());
              }
            });
  }

  private static String lookUp(String host) throws UnknownHostException {
    return InetAddress.getByName(host).getHostAddress();
  }
}
