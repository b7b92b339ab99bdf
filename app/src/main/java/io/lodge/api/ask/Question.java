package io.lodge.api.ask;

import io.lodge.query.catalog.PromotedColumns;
import io.lodge.query.rows.Filter;
import io.lodge.query.run.Execution;
import io.lodge.query.run.QueryFault;
import io.lodge.query.search.SearchFields;
import io.lodge.query.search.SearchTable;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import tools.jackson.core.JsonGenerator;

/**
 * What was asked, and what it may take.
 *
 * @param body of the request as text; empty for GET
 * @param promoted which attributes have columns of their own
 */
record Question(Parameters parameters, String body, Execution execution, PromotedColumns promoted) {

  /**
   * What {@link Parameters#filter} says, as it is best read now.
   *
   * @param fields that are looked at besides those of the search
   */
  Filter filter(List<String> fields) throws QueryFault, InterruptedException {
    return asStored(parameters.filter(), fields);
  }

  /** The filter as it is best read now. */
  Filter asStored(Filter filter, List<String> fields) throws QueryFault, InterruptedException {
    SearchTable table = filter.table().search();
    Set<String> names = new HashSet<>(fields);
    filter.asked().ifPresent(search -> names.addAll(SearchFields.of(search)));
    return names.stream().allMatch(table::hasColumn)
        ? filter
        : filter.with(promoted.of(execution, table));
  }

  /** Answers at once. */
  @FunctionalInterface
  interface Whole {
    Answer answer(Question question) throws QueryFault, InterruptedException;
  }

  /** Answers line by line. */
  @FunctionalInterface
  interface Streamed {
    /** A fault before the first line is an error answer, a later one the last line. */
    void answer(Question question, Lines out) throws QueryFault, InterruptedException;
  }

  /**
   * A whole answer.
   *
   * @param data writes the value of {@code data}
   * @param truncated whether there is more than it shows
   */
  record Answer(Data data, boolean truncated) {
    static Answer of(Data data) {
      return new Answer(data, false);
    }
  }

  /** Writes one JSON value. */
  @FunctionalInterface
  interface Data {
    void write(JsonGenerator json);
  }
}
