package io.trefoil.api;

import com.fasterxml.jackson.databind.BeanDescription;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationConfig;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.BeanSerializerModifier;
import io.quarkus.jackson.ObjectMapperCustomizer;
import jakarta.inject.Singleton;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;

/// Which types of ours Jackson has looked through by reflection to write them as JSON.
@Singleton
public class WrittenTypes implements ObjectMapperCustomizer {

  private final Set<String> names = new ConcurrentSkipListSet<>();

  /// Their binary names.
  Set<String> names() {
    return names;
  }

  @Override
  public void customize(ObjectMapper json) {
    json.registerModule(new SimpleModule().setSerializerModifier(new Recorder()));
  }

  private final class Recorder extends BeanSerializerModifier {

    private static final long serialVersionUID = 1;

    @Override
    public JsonSerializer<?> modifySerializer(
        SerializationConfig config, BeanDescription bean, JsonSerializer<?> serializer) {
      if (bean.getBeanClass().getName().startsWith("io.trefoil.")) {
        names.add(bean.getBeanClass().getName());
      }
      return serializer;
    }
  }
}
