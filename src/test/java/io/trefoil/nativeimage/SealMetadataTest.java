package io.trefoil.nativeimage;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.security.Security;
import java.util.List;
import javax.crypto.KDF;
import javax.crypto.KDFParameters;
import org.junit.jupiter.api.Test;

/// A cluster's key is derived in an executable too. Builders register the ciphers that a program
/// asks for by themselves, but not all of them what derives keys.
class SealMetadataTest {

  @Test
  void whatDerivesKeysIsRegistered() throws Exception {
    KDF derivation = KDF.getInstance("HKDF-SHA256");
    String type =
        Security.getProvider(derivation.getProviderName())
            .getService("KDF", "HKDF-SHA256")
            .getClassName();

    assertEquals(List.of(KDFParameters.class.getName()), parameters(type));
    Class.forName(type).getDeclaredConstructor(KDFParameters.class);
  }

  private static List<String> parameters(String type) throws IOException {
    return Metadata.entries("reflection").stream()
        .filter(entry -> entry.path("type").asText().equals(type))
        .flatMap(entry -> entry.path("methods").valueStream())
        .filter(method -> method.path("name").asText().equals("<init>"))
        .flatMap(method -> method.path("parameterTypes").valueStream())
        .map(JsonNode::asText)
        .toList();
  }
}
