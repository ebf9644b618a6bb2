package io.trefoil.runtime;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.EventBus;
import io.vertx.core.eventbus.MessageCodec;

/// Passes immutable objects over the local event bus as they are. There is no form for the network:
/// the bus is never clustered.
final class ByReference implements MessageCodec<Object, Object> {

  private static final String NAME = "trefoil-by-reference";

  private ByReference() {}

  /// How to send an object as it is, to be answered within a time.
  static DeliveryOptions options(long timeoutMillis) {
    return new DeliveryOptions()
        .setCodecName(NAME)
        .setLocalOnly(true)
        .setSendTimeout(timeoutMillis);
  }

  /// How to send or publish an object as it is.
  static DeliveryOptions options() {
    return new DeliveryOptions().setCodecName(NAME).setLocalOnly(true);
  }

  /// Makes the codec known to a bus; a second time does nothing.
  static void register(EventBus bus) {
    try {
      bus.registerCodec(new ByReference());
    } catch (IllegalStateException _) {
      // Another node in this process was first.
    }
  }

  @Override
  public Object transform(Object object) {
    return object;
  }

  @Override
  public void encodeToWire(Buffer buffer, Object object) {
    throw new UnsupportedOperationException("the event bus of a node is never clustered");
  }

  @Override
  public Object decodeFromWire(int position, Buffer buffer) {
    throw new UnsupportedOperationException("the event bus of a node is never clustered");
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public byte systemCodecID() {
    return -1;
  }
}
