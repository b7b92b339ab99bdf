package io.lodge.config;

import java.nio.file.Path;
import org.snakeyaml.engine.v2.nodes.Node;

/**
 * One value as written, and where.
 *
 * @param key dotted
 * @param node the YAML of the value
 * @param origin what it was read from
 * @param where place of the key, for people
 */
record Setting(String key, Node node, Origin origin, String where) {

  /**
   * What a setting was read from.
   *
   * @param name file name or command-line option
   * @param folder where relative paths start
   * @param hasLines true for files: places are {@code name:line:column}
   */
  record Origin(String name, Path folder, boolean hasLines) {

    String at(Node node) {
      return hasLines ? Yaml.place(name, node.getStartMark()) : name;
    }
  }
}
