package io.lodge.api.ask;

import io.lodge.query.catalog.PromotedColumns;
import io.lodge.query.counts.Sampled;
import io.lodge.query.rows.Filter;
import io.lodge.query.rows.RegexCheck;
import io.lodge.query.rows.RowTable;
import io.lodge.query.rows.TableChoice;
import io.lodge.query.run.Execution;
import io.lodge.query.run.QueryFault;
import io.lodge.query.search.SearchFields;
import io.lodge.query.search.SearchTable;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import tools.jackson.core.JsonGenerator;

/**
 * What was asked, and what it may take.
 *
 * @param body of the request as text; empty for GET
 * @param presented the key of the request; empty if it has none
 * @param promoted which attributes have columns of their own
 */
record Question(
    Parameters parameters,
    String body,
    String presented,
    Execution execution,
    PromotedColumns promoted) {

  /**
   * {@code q} over {@code table} from {@code from} to {@code to}, as it is best read now.
   *
   * @param fields that are looked at besides those of the search
   */
  Filter filter(List<String> fields) throws QueryFault, InterruptedException {
    RowTable table =
        parameters.isTableAuto()
            ? TableChoice.byValues(execution, parameters.text("q", ""), parameters.range())
            : parameters.table();
    return asStored(Filter.of(table, parameters.text("q", ""), parameters.range()), fields);
  }

  /** The filter as it is best read now. */
  Filter asStored(Filter filter, List<String> fields) throws QueryFault, InterruptedException {
    RegexCheck.of(execution, filter);
    SearchTable table = filter.table().search();
    Set<String> names = new HashSet<>(fields);
    filter.asked().ifPresent(search -> names.addAll(SearchFields.of(search)));
    return names.stream().allMatch(table::hasColumn)
        ? filter
        : filter.with(promoted.of(execution, table));
  }

  /** What the rows that were counted stand for. */
  Optional<Sampled> sampled(Filter filter) throws QueryFault, InterruptedException {
    return Sampled.of(execution, filter);
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
   * @param sampled what counted rows stand for; empty if each stands for itself
   */
  record Answer(Data data, boolean truncated, Optional<Sampled> sampled) {
    Answer(Data data, boolean truncated) {
      this(data, truncated, Optional.empty());
    }

    static Answer of(Data data) {
      return new Answer(data, false);
    }

    /** All of what was counted. */
    static Answer counted(Optional<Sampled> sampled, Data data) {
      return new Answer(data, false, sampled);
    }
  }

  /** Writes one JSON value. */
  @FunctionalInterface
  interface Data {
    void write(JsonGenerator json);
  }
}
