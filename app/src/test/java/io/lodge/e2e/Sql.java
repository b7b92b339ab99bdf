package io.lodge.e2e;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** One way to ask ClickHouse. Answers come as rows of text, unescaped. */
interface Sql {

  /** Runs a statement; fails the test if it is refused. */
  Http.Answer send(String statement);

  /** As the reader, over {@code /api/sql}. */
  static Sql overApi(URI api) {
    return statement -> Http.post(api.resolve("/api/sql"), statement);
  }

  /** As the user that writes, at the engine itself. */
  static Sql asWriter(URI engine, Path data) {
    return statement -> {
      try {
        String password = Files.readString(data.resolve("engine/writer.password")).strip();
        return Http.post(
            URI.create(engine + "/?wait_end_of_query=1"),
            statement,
            "X-ClickHouse-User",
            "lodge",
            "X-ClickHouse-Key",
            password);
      } catch (java.io.IOException e) {
        throw new java.io.UncheckedIOException(e);
      }
    };
  }

  /** The rows of an answer, each a list of its columns' text. */
  default List<List<String>> rows(String statement) {
    Http.Answer answer = send(statement + " FORMAT TabSeparated");
    if (answer.status() != 200) {
      throw new AssertionError("cannot run " + statement + ": " + answer.text());
    }
    List<List<String>> rows = new ArrayList<>();
    for (String line : answer.text().split("\n", -1)) {
      if (!line.isEmpty()) {
        rows.add(List.of(line.split("\t", -1)).stream().map(Sql::unescaped).toList());
      }
    }
    return rows;
  }

  /** The only value of an answer of one row and one column. */
  default String value(String statement) {
    return rows(statement).getFirst().getFirst();
  }

  default long number(String statement) {
    return Long.parseLong(value(statement));
  }

  /** Runs a statement that has no answer. */
  default void run(String statement) {
    Http.Answer answer = send(statement);
    if (answer.status() != 200) {
      throw new AssertionError("cannot run " + statement + ": " + answer.text());
    }
  }

  /** ClickHouse's TabSeparated escapes. */
  @SuppressWarnings("IncrementInForLoopAndHeader") // an escape is two characters
  private static String unescaped(String text) {
    if (text.indexOf('\\') < 0) {
      return text;
    }
    StringBuilder plain = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c != '\\' || i + 1 == text.length()) {
        plain.append(c);
        continue;
      }
      i++;
      switch (text.charAt(i)) {
        case 'n' -> plain.append('\n');
        case 't' -> plain.append('\t');
        case 'r' -> plain.append('\r');
        case '0' -> plain.append('\0');
        case 'b' -> plain.append('\b');
        case 'f' -> plain.append('\f');
        default -> plain.append(text.charAt(i));
      }
    }
    return plain.toString();
  }
}
