package io.lodge.simulation;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * A table that blocks end up in: its rows by name, and its memory of tokens. A part of a block is
 * what falls into one partition: each is stored at once or not at all, and has an entry in the
 * memory of its own; the oldest are forgotten.
 */
final class Table {
  private final String name;
  private final int window;
  private final Set<String> tokens = new LinkedHashSet<>();
  private final Set<String> everStored = new LinkedHashSet<>();
  private final Map<String, List<Block.Row>> rows = new TreeMap<>();
  private final Set<String> series = new TreeSet<>();
  private final Set<String> storedAgain = new TreeSet<>();

  /**
   * @param window parts whose tokens are remembered
   */
  Table(String name, int window) {
    this.name = name;
    this.window = window;
  }

  String name() {
    return name;
  }

  /** The partitions of a block, which are stored one after the other. */
  static List<Long> partitions(Block block) {
    return List.copyOf(new LinkedHashMap<>(block.rows()).keySet());
  }

  /**
   * Stores one part of a block, unless its token is known.
   *
   * @return whether it was stored before and forgotten, and so is there twice now
   */
  boolean store(Block block, long partition, String token) {
    String part = partition + "/" + token;
    if (!tokens.add(part)) {
      return false;
    }
    if (tokens.size() > window) {
      tokens.remove(tokens.iterator().next());
    }
    boolean again = !everStored.add(part);
    for (Block.Row row : block.rows().getOrDefault(partition, List.of())) {
      rows.computeIfAbsent(row.name(), fresh -> new ArrayList<>()).add(row);
      if (again) {
        storedAgain.add(row.name());
      }
    }
    for (String id : block.series()) {
      if (id.endsWith("/" + partition)) {
        series.add(id);
      }
    }
    return again;
  }

  /** Each row, as often as it is there. */
  Map<String, List<Block.Row>> rows() {
    return rows;
  }

  Set<String> series() {
    return series;
  }

  /** Rows that are there twice because a token was forgotten before it came again. */
  Set<String> storedAgain() {
    return storedAgain;
  }
}
