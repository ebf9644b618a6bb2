package io.trefoil.helm;

import com.fasterxml.jackson.annotation.JsonAnyGetter;
import io.fabric8.kubernetes.api.model.KubernetesResource;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/// Finds the fields of a manifest that Kubernetes' types do not have: what is misspelt or stands in
/// the wrong place is kept apart by the reader, and the API server would drop it without a word.
final class Unknowns {

  private final List<String> found = new ArrayList<>();

  private Unknowns() {}

  /// Their names, behind the type they stand in.
  static List<String> of(KubernetesResource manifest) {
    Unknowns unknowns = new Unknowns();
    unknowns.look(manifest);
    return unknowns.found;
  }

  private void look(Object value) {
    switch (value) {
      case null -> {}
      case List<?> list -> list.forEach(this::look);
      case Map<?, ?> map -> map.values().forEach(this::look);
      case KubernetesResource resource ->
          Arrays.stream(resource.getClass().getMethods())
              .filter(Unknowns::isGetter)
              .forEach(getter -> lookBehind(resource, getter));
      default -> {}
    }
  }

  private static boolean isGetter(Method method) {
    return method.getName().startsWith("get")
        && method.getParameterCount() == 0
        && !method.getName().equals("getClass");
  }

  private void lookBehind(KubernetesResource resource, Method getter) {
    try {
      Object value = getter.invoke(resource);
      if (getter.isAnnotationPresent(JsonAnyGetter.class)) {
        String type = resource.getClass().getSimpleName();
        ((Map<?, ?>) value).keySet().forEach(name -> found.add(type + "." + name));
      } else {
        look(value);
      }
    } catch (ReflectiveOperationException unexpected) {
      throw new AssertionError(unexpected);
    }
  }
}
