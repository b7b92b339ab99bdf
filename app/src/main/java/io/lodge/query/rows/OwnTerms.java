package io.lodge.query.rows;

import io.lodge.query.search.Search;
import io.lodge.query.search.SearchFields;
import io.lodge.query.search.SearchTable;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The terms of a search that are about one field and nothing else. */
final class OwnTerms {
  private OwnTerms() {}

  /** The search without those terms that all its rows must match. */
  static Search without(Search search, SearchTable table, String field) {
    if (isAbout(search, table, field)) {
      return new Search.Everything();
    }
    if (!(search instanceof Search.AllOf all)) {
      return search;
    }
    List<Search> others =
        all.parts().stream()
            .map(part -> without(part, table, field))
            .filter(part -> !(part instanceof Search.Everything))
            .toList();
    return switch (others.size()) {
      case 0 -> new Search.Everything();
      case 1 -> others.getFirst();
      default -> new Search.AllOf(others);
    };
  }

  private static boolean isAbout(Search search, SearchTable table, String field) {
    Set<String> names = SearchFields.of(search);
    return !names.isEmpty()
        && !SearchFields.looksAtText(search)
        && names.stream().allMatch(name -> isSame(name, field, table));
  }

  private static boolean isSame(String name, String field, SearchTable table) {
    Optional<String> column = table.columnOf(name);
    return name.equals(field) || (column.isPresent() && column.equals(table.columnOf(field)));
  }
}
