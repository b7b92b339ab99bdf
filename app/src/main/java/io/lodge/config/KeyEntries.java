package io.lodge.config;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;

/** Reads the entries of {@code auth.keys}. Values are not repeated: one may be a key itself. */
final class KeyEntries {
  private static final String NO_HASH = "sha256:" + "0".repeat(64);
  private static final List<String> FIELDS = List.of("name", "kind", "hash", "tenant");

  private final Faults faults;

  /** Takes a fault of one entry. */
  @FunctionalInterface
  interface Faults {
    void add(Node node, String problem, String remedy);
  }

  private KeyEntries(Faults faults) {
    this.faults = faults;
  }

  static List<AccessKey> read(List<Node> entries, Faults faults) {
    KeyEntries reader = new KeyEntries(faults);
    List<AccessKey> keys = new ArrayList<>();
    Set<String> names = new HashSet<>();
    for (Node entry : entries) {
      AccessKey key = reader.entry(entry);
      if (!names.add(key.name())) {
        faults.add(entry, "cannot use the name " + key.name() + " twice", "name each key its own");
      }
      keys.add(key);
    }
    return keys;
  }

  /** The entry; where a field is at fault something harmless stands in. */
  private AccessKey entry(Node node) {
    Map<String, ScalarNode> fields = fields(node);
    String name = required(node, fields, "name", "name it for the people who read logs");
    String hash = required(node, fields, "hash", "paste the hash that `lodge key new` printed");
    boolean readable = AccessKey.isHash(hash);
    if (!hash.isEmpty() && !readable) {
      faults.add(
          node,
          "cannot read the hash",
          "paste the one that `lodge key new` printed: sha256: and 64 hexadecimal digits");
    }
    return new AccessKey(name, kind(node, fields), readable ? hash : NO_HASH, tenant(fields));
  }

  private Map<String, ScalarNode> fields(Node node) {
    Map<String, ScalarNode> fields = new HashMap<>();
    if (!(node instanceof MappingNode mapping)) {
      return fields;
    }
    for (NodeTuple field : mapping.getValue()) {
      String name = field.getKeyNode() instanceof ScalarNode key ? key.getValue() : "";
      if (!FIELDS.contains(name)) {
        String remedy =
            Suggestion.nearest(name, FIELDS)
                .map(nearest -> "did you mean " + nearest + "?")
                .orElse("write name, kind, hash, tenant");
        faults.add(field.getKeyNode(), "cannot use the field " + name + ": it is unknown", remedy);
      } else if (field.getValueNode() instanceof ScalarNode value && !Yaml.isNull(value)) {
        fields.put(name, value);
      }
    }
    return fields;
  }

  private String required(Node entry, Map<String, ScalarNode> fields, String name, String remedy) {
    ScalarNode value = fields.get(name);
    if (value == null || value.getValue().isEmpty()) {
      faults.add(entry, "cannot use an entry without " + name, remedy);
      return "";
    }
    return value.getValue();
  }

  private AccessKey.Kind kind(Node entry, Map<String, ScalarNode> fields) {
    String text = required(entry, fields, "kind", "write kind: ingest or kind: query");
    try {
      return text.isEmpty() ? AccessKey.Kind.INGEST : Values.choice(text, AccessKey.Kind.class);
    } catch (BadValueException bad) {
      faults.add(entry, "cannot read the kind", bad.remedy());
      return AccessKey.Kind.INGEST;
    }
  }

  private String tenant(Map<String, ScalarNode> fields) {
    ScalarNode value = fields.get("tenant");
    if (value == null) {
      return AccessKey.DEFAULT_TENANT;
    }
    if (!AccessKey.isTenant(value.getValue())) {
      faults.add(
          value,
          "cannot use this tenant: it is empty or too long",
          "write one of 1 to " + AccessKey.TENANT_BYTES_MAX + " bytes, or leave it out");
    }
    return value.getValue();
  }
}
