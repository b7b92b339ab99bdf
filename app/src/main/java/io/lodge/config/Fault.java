package io.lodge.config;

/**
 * What is wrong with one setting, and what to do. Never holds a secret.
 *
 * @param where {@code file:line:column}, or the command-line option
 * @param key the dotted key; empty where the file cannot be read at all
 * @param problem {@code cannot …: cause}
 * @param remedy what to write instead
 */
public record Fault(String where, String key, String problem, String remedy) {

  /** One line for people. */
  @Override
  public String toString() {
    return where + ": " + (key.isEmpty() ? "" : key + ": ") + problem + "; " + remedy;
  }
}
