package io.lodge;

/**
 * Long work, shown while it lasts: one line that is overwritten where a person looks on, else a
 * line for each step that differs.
 */
final class Progress implements AutoCloseable {
  private final Terminal terminal;
  private String last = "";

  Progress(Terminal terminal) {
    this.terminal = terminal;
  }

  void say(String line) {
    if (line.equals(last)) {
      return;
    }
    last = line;
    if (terminal.outIsTty()) {
      terminal.err().print("\r\u001b[K" + line);
    } else {
      terminal.err().println(line);
    }
    terminal.err().flush();
  }

  /** Leaves the line clean for what comes after. */
  @Override
  public void close() {
    if (terminal.outIsTty() && !last.isEmpty()) {
      terminal.err().print("\r\u001b[K");
      terminal.err().flush();
    }
  }
}
