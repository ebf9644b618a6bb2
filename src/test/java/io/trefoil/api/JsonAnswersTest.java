package io.trefoil.api;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.tngtech.archunit.core.importer.ClassFileImporter;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.trefoil.runtime.KeysView;
import io.trefoil.runtime.PreviewView;
import jakarta.inject.Inject;
import jakarta.ws.rs.Path;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/// Quarkus registers for reflection what the methods of resources return, and what that is made of;
/// a native executable can write nothing else as JSON. So whatever is written must be among it.
@QuarkusTest
@TestProfile(FakeNode.class)
class JsonAnswersTest extends ApiTest {

  private static final PreviewView.Share SHARE = new PreviewView.Share("node-a", 16, 11);

  @Inject WrittenTypes written;

  @Test
  void whatIsWrittenAsJsonIsWhatTheMethodsOfResourcesReturn() throws Exception {
    node.show(Views.CLUSTER);
    request().get("/v1/cluster").then().statusCode(200);
    request().post("/v1/cluster/members/node-b:decommission").then().statusCode(202);
    node.show(Views.RING);
    request().get("/v1/cluster/ring").then().statusCode(200);
    node.show(Views.KEY);
    request().get("/v1/cluster/keys/a").then().statusCode(200);
    node.show(new PreviewView(7, 9, 10, 48, Optional.empty(), 1, 1, List.of(SHARE)));
    request().body("{\"leave\": \"node-b\"}").post("/v1/cluster:preview").then().statusCode(200);
    node.show(new KeysView(16, true, List.of(), Optional.empty()));
    request().get("/v1/cluster/partitions/3/keys").then().statusCode(200);
    assertEquals(returned(), written.names());
  }

  private static Set<String> returned() throws ClassNotFoundException {
    Set<String> names = new TreeSet<>();
    for (var resource : new ClassFileImporter().importPackages("io.trefoil.api")) {
      if (resource.isAnnotatedWith(Path.class)) {
        for (Method method : Class.forName(resource.getName()).getDeclaredMethods()) {
          if (Modifier.isPublic(method.getModifiers())) {
            collect(method.getGenericReturnType(), names);
          }
        }
      }
    }
    return names;
  }

  private static void collect(Type type, Set<String> names) {
    switch (type) {
      case ParameterizedType whole -> {
        collect(whole.getRawType(), names);
        Arrays.stream(whole.getActualTypeArguments()).forEach(part -> collect(part, names));
      }
      case Class<?> record when record.isRecord() && names.add(record.getName()) -> {
        for (RecordComponent part : record.getRecordComponents()) {
          collect(part.getGenericType(), names);
        }
      }
      case Type _ -> {
        // Not made of anything of ours.
      }
    }
  }
}
