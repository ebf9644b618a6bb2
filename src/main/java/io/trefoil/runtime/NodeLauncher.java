package io.trefoil.runtime;

import io.micrometer.core.instrument.MeterRegistry;
import io.opentelemetry.api.OpenTelemetry;
import io.quarkus.runtime.LaunchMode;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.ShutdownDelayInitiatedEvent;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.runtime.configuration.ConfigurationException;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.DeliveryOptions;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.eclipse.microprofile.config.ConfigProvider;
import org.jboss.logging.Logger;

/// Starts this process's node with the application and stops it with it. A node that cannot start
/// stops the application, with a sentence; one that breaks later ends the process with exit code 1.
@Singleton
class NodeLauncher {

  private static final Logger LOG = Logger.getLogger(NodeLauncher.class);
  private static final Logger OPERATIONS = Logger.getLogger(OperationLog.CATEGORY);

  /// An orderly end after a failure may take so long before it is a disorderly one.
  private static final long LAST_SECONDS = 15;

  /// How long answers that have been given may take to leave the process.
  private static final long FLUSH_MILLIS = 100;

  private static final DeliveryOptions ASKING = ByReference.options(2_000);

  private final Vertx vertx;
  private final TrefoilSettings settings;
  private final NodeStatus status;
  private final MeterRegistry meters;
  private final OpenTelemetry telemetry;
  private String deployment;

  /// A launcher of one node.
  @Inject
  NodeLauncher(
      Vertx vertx,
      TrefoilSettings settings,
      NodeStatus status,
      MeterRegistry meters,
      OpenTelemetry telemetry) {
    this.telemetry = telemetry;
    this.vertx = vertx;
    this.settings = settings;
    this.status = status;
    this.meters = meters;
  }

  /// Returns when the node's sockets are bound.
  void start(@Observes StartupEvent event) {
    boolean isNative = vertx.isNativeTransportEnabled();
    LOG.infof("Sockets are served by %s", isNative ? "the native transport" : "NIO");
    try {
      NodePlan plan = new SettingsReader(settings, new LocalHost()).read(httpPort());
      Hosting hosting =
          new Hosting(
              NodeFacade.ADDRESS,
              status,
              meters,
              settings.tracing().endpoint().map(_ -> telemetry.getTracer("io.trefoil")),
              OPERATIONS::info,
              NodeLauncher::exit);
      deployment =
          vertx
              .deployVerticle(new NodeVerticle(plan, hosting))
              .toCompletionStage()
              .toCompletableFuture()
              .join();
    } catch (BadSetting wrong) {
      throw new ConfigurationException(wrong.getMessage());
    } catch (CompletionException failed) {
      throw explained(failed.getCause());
    }
  }

  /// Ends the node in good order while clients are still served: it turns unready and tells its
  /// peers that it goes, goes on for the shutdown delay so that load balancers and clients turn to
  /// others, finishes what was asked, and closes its store. Only then are connections cut.
  void drain(@Observes ShutdownDelayInitiatedEvent event) {
    if (deployment == null) {
      return;
    }
    status.drain();
    vertx.eventBus().publish(NodeFacade.BULLETINS, Bulletin.ofDraining(), ByReference.options());
    orderly(
        () -> {
          await(vertx.eventBus().request(NodeFacade.ADDRESS, new NodeCall.Depart(), ASKING));
          Thread.sleep(settings.shutdownDelay());
          await(undeploy());
          Thread.sleep(FLUSH_MILLIS);
        });
  }

  /// Ends the node if nothing has yet.
  void stop(@Observes ShutdownEvent event) {
    orderly(() -> await(undeploy()));
  }

  private Future<Void> undeploy() {
    String deployed = deployment;
    deployment = null;
    return deployed == null ? Future.succeededFuture() : vertx.undeploy(deployed);
  }

  private static void orderly(Ending ending) {
    try {
      ending.go();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    } catch (Exception failure) {
      LOG.warn("The node did not stop in good order", failure);
    }
  }

  /// How a node ends.
  private interface Ending {
    void go() throws Exception;
  }

  private static void await(Future<?> future) throws Exception {
    future.toCompletionStage().toCompletableFuture().get(LAST_SECONDS, TimeUnit.SECONDS);
  }

  /// What an operator can do something about is a sentence, and without a cause, which might be
  /// told in its place; the rest is a defect.
  private static RuntimeException explained(Throwable cause) {
    return cause instanceof IOException
        ? new ConfigurationException(cause.getMessage())
        : new IllegalStateException("The node did not start", cause);
  }

  private static void exit(String reason) {
    LOG.fatalf("The node has stopped: %s", reason);
    Thread.ofPlatform()
        .daemon()
        .name("trefoil-exit")
        .start(
            () -> {
              try {
                Quarkus.asyncExit(1);
                TimeUnit.SECONDS.sleep(LAST_SECONDS);
                Runtime.getRuntime().halt(1);
              } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
              }
            });
  }

  private static int httpPort() {
    String key =
        LaunchMode.current() == LaunchMode.TEST ? "quarkus.http.test-port" : "quarkus.http.port";
    return ConfigProvider.getConfig().getOptionalValue(key, Integer.class).orElse(0);
  }
}
