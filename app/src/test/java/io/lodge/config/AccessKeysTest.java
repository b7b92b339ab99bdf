package io.lodge.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.lodge.config.AccessKey.Kind;
import java.util.List;
import org.junit.jupiter.api.Test;

final class AccessKeysTest {
  private final Secret ingest = AccessKey.generate(Kind.INGEST);
  private final Secret query = AccessKey.generate(Kind.QUERY);
  private final AccessKeys keys =
      new AccessKeys(
          List.of(
              new AccessKey("agents", Kind.INGEST, AccessKey.hashOf(ingest), "shop"),
              new AccessKey("grafana", Kind.QUERY, AccessKey.hashOf(query), "default")));

  @Test
  void findsAKeyForItsKindOnly() {
    assertThat(keys.find(ingest.reveal(), Kind.INGEST).orElseThrow().tenant()).isEqualTo("shop");
    assertThat(keys.find(ingest.reveal(), Kind.QUERY)).isEmpty();
    assertThat(keys.find(query.reveal(), Kind.QUERY).orElseThrow().name()).isEqualTo("grafana");
    assertThat(keys.find("", Kind.QUERY)).isEmpty();
    assertThat(keys.find(query.reveal() + " ", Kind.QUERY)).isEmpty();
  }

  @Test
  void newKeysAre256RandomBitsWithAPrefixThatSaysTheirKind() {
    assertThat(ingest.reveal()).matches("lodge_ing_[A-Za-z0-9_-]{43}");
    assertThat(query.reveal()).matches("lodge_qry_[A-Za-z0-9_-]{43}");
    assertThat(ingest.reveal()).isNotEqualTo(AccessKey.generate(Kind.INGEST).reveal());
  }

  @Test
  void keysAreReadFromTheConfiguration() throws Exception {
    Config config =
        Config.load(
            Source.set(
                "auth.keys=[{name: a, kind: ingest, tenant: t, hash: \"%s\"}]"
                    .formatted(AccessKey.hashOf(ingest))));
    assertThat(config.keys().required(Kind.INGEST)).isTrue();
    assertThat(config.keys().required(Kind.QUERY)).isFalse();
    assertThat(config.keys().find(ingest.reveal(), Kind.INGEST).orElseThrow().tenant())
        .isEqualTo("t");
  }
}
