package io.trefoil.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.trefoil.api.EntityTags.Tag;
import io.trefoil.core.model.Ballot;
import io.trefoil.core.model.HybridTimestamp;
import io.trefoil.core.model.NodeId;
import io.trefoil.core.model.Version;
import java.util.List;
import org.junit.jupiter.api.Test;

/// The grammar of RFC 9110 §8.8.3 and §13.1.1.
class EntityTagsTest {

  private static final Version VERSION =
      new Version(new Ballot(3, HybridTimestamp.ofMillis(5), new NodeId(-1), -2));

  @Test
  void aVersionIsReadBackFromItsTag() {
    EntityTags tags = EntityTags.parse("If-Match", List.of(EntityTags.write(VERSION)));
    assertEquals(List.of(VERSION), tags.versions());
    assertFalse(tags.hasWeak());
  }

  @Test
  void aStarIsAnyValue() {
    assertTrue(EntityTags.parse("If-Match", List.of(" * ")).any());
  }

  @Test
  void tagsStandInOneLineOrInSeveral() {
    EntityTags tags = EntityTags.parse("If-Match", List.of("\"a\", W/\"b,c\"", ",\"\""));
    assertEquals(
        List.of(new Tag(false, "a"), new Tag(true, "b,c"), new Tag(false, "")), tags.tags());
    assertTrue(tags.hasWeak());
  }

  @Test
  void aTagOfAnotherStoreIsNoVersionThatAnyWriteHas() {
    EntityTags tags = EntityTags.parse("If-Match", List.of("\"1.2.3\", \"1.2.3.x\", \"\""));
    assertEquals(List.of(Ballot.ZERO, Ballot.ZERO, Ballot.ZERO), ballots(tags));
  }

  private static List<Ballot> ballots(EntityTags tags) {
    return tags.versions().stream().map(Version::ballot).toList();
  }
}
