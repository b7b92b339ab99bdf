package io.lodge.query.search;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** What a search names: its fields, and its regular expressions. */
public final class SearchFields {
  private SearchFields() {}

  /** Their names as typed, in the order of their first use. */
  public static Set<String> of(Search search) {
    Set<String> names = new LinkedHashSet<>();
    collect(search, names);
    return names;
  }

  /** Whether it asks for words or a match in the text. */
  public static boolean looksAtText(Search search) {
    return switch (search) {
      case Search.Everything all -> false;
      case Search.AllOf all -> all.parts().stream().anyMatch(SearchFields::looksAtText);
      case Search.AnyOf any -> any.parts().stream().anyMatch(SearchFields::looksAtText);
      case Search.Not not -> looksAtText(not.part());
      case Search.Text text -> true;
      case Search.TextMatches matches -> true;
      case Search.Field field -> false;
    };
  }

  /**
   * A regular expression in a search.
   *
   * @param at where it stands in what was typed, and {@code to} what is behind it
   */
  public record Regex(String regex, int at, int to) {}

  /** The regular expressions, in their order. */
  public static List<Regex> regexes(Search search) {
    return switch (search) {
      case Search.Everything all -> List.of();
      case Search.AllOf all -> regexes(all.parts());
      case Search.AnyOf any -> regexes(any.parts());
      case Search.Not not -> regexes(not.part());
      case Search.Text text -> List.of();
      case Search.TextMatches matches ->
          List.of(new Regex(matches.regex(), matches.at(), matches.to()));
      case Search.Field field ->
          field.test() instanceof ValueTest.Matches matches
              ? List.of(new Regex(matches.regex(), matches.at(), matches.to()))
              : List.of();
    };
  }

  private static List<Regex> regexes(List<Search> parts) {
    return parts.stream().flatMap(part -> regexes(part).stream()).toList();
  }

  private static void collect(Search search, Set<String> names) {
    switch (search) {
      case Search.Everything all -> {}
      case Search.AllOf all -> collect(all.parts(), names);
      case Search.AnyOf any -> collect(any.parts(), names);
      case Search.Not not -> collect(not.part(), names);
      case Search.Text text -> {}
      case Search.TextMatches matches -> {}
      case Search.Field field -> names.add(field.field());
    }
  }

  private static void collect(List<Search> parts, Set<String> names) {
    parts.forEach(part -> collect(part, names));
  }
}
