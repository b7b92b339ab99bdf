package io.lodge.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.comments.CommentLine;
import org.snakeyaml.engine.v2.comments.CommentType;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;

/** Renders {@code docs/configuration.md} from the comments of {@code default.yaml}. */
public final class ConfigMarkdown {
  /** What renders the document again. */
  public static final String COMMAND = "./lodge config print --markdown > docs/configuration.md";

  private final StringBuilder out = new StringBuilder();

  private ConfigMarkdown() {}

  /** The document. */
  public static String render() {
    LoadSettings load = LoadSettings.builder().setParseComments(true).build();
    Optional<Node> root = new Compose(load).composeString(Settings.defaultYaml());
    return new ConfigMarkdown().document((MappingNode) root.orElseThrow());
  }

  private String document(MappingNode root) {
    out.append("<!-- Rendered from default.yaml; do not edit. ").append(COMMAND).append(" -->\n");
    out.append("# Configuration\n\n");
    List<NodeTuple> entries = root.getValue();
    List<String> first = paragraphs(entries.getFirst().getKeyNode().getBlockComments());
    first.subList(0, first.size() - 1).forEach(text -> out.append(text).append("\n\n"));
    for (NodeTuple entry : entries) {
      String key = name(entry);
      out.append("## ").append(key).append("\n\n");
      if (entry.getValueNode() instanceof MappingNode section) {
        paragraphs(entry.getKeyNode().getBlockComments())
            .forEach(text -> out.append(text).append("\n\n"));
        options(key + ".", section);
      } else {
        option(key, entry);
      }
    }
    return out.toString().stripTrailing() + "\n";
  }

  private void options(String prefix, MappingNode section) {
    for (NodeTuple entry : section.getValue()) {
      String key = prefix + name(entry);
      if (entry.getValueNode() instanceof MappingNode nested) {
        options(key + ".", nested);
      } else {
        option(key, entry);
      }
    }
  }

  private void option(String key, NodeTuple entry) {
    List<String> text = paragraphs(entry.getKeyNode().getBlockComments());
    if (text.isEmpty()) {
      throw new IllegalStateException("default.yaml: " + key + " has no comment");
    }
    String value = entry.getValueNode() instanceof ScalarNode scalar ? scalar.getValue() : "[]";
    out.append("**`").append(key).append("`** · default ");
    out.append(value.isEmpty() ? "empty" : "`" + value + "`").append("\\\n");
    out.append(text.getLast()).append("\n\n");
  }

  private static String name(NodeTuple entry) {
    return ((ScalarNode) entry.getKeyNode()).getValue();
  }

  private static List<String> paragraphs(@Nullable List<CommentLine> lines) {
    List<String> paragraphs = new ArrayList<>();
    StringBuilder paragraph = new StringBuilder();
    for (CommentLine line : lines == null ? List.<CommentLine>of() : lines) {
      boolean text = line.getCommentType() == CommentType.BLOCK && !line.getValue().isBlank();
      if (text) {
        paragraph.append(paragraph.isEmpty() ? "" : " ").append(line.getValue().strip());
      } else if (!paragraph.isEmpty()) {
        paragraphs.add(paragraph.toString());
        paragraph.setLength(0);
      }
    }
    if (!paragraph.isEmpty()) {
      paragraphs.add(paragraph.toString());
    }
    return paragraphs;
  }
}
