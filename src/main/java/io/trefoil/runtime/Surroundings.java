package io.trefoil.runtime;

import io.trefoil.core.model.Peer;
import io.trefoil.core.node.Envelope;
import io.trefoil.storage.Store;
import io.trefoil.storage.SyncPolicy;
import io.vertx.core.Context;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/// What a node is hosted with.
///
/// @param context the event loop
/// @param store where writes go; closed with the host
/// @param sync when they are made to survive a loss of power
/// @param network sends a message
/// @param watcher sees what happens
/// @param broken told why, in a sentence, when the node must not go on
record Surroundings(
    Context context,
    Store store,
    SyncPolicy sync,
    BiConsumer<Peer, Envelope> network,
    Watcher watcher,
    Consumer<String> broken) {}
