package io.lodge.e2e;

/** Reads the Prometheus text of {@code /metrics}. */
final class Metrics {
  private Metrics() {}

  /** The sum of all samples of this name, whatever their labels. */
  static long sum(String text, String name) {
    return sum(text, name, "");
  }

  /** The sum of the samples of this name whose labels contain {@code label}. */
  static long sum(String text, String name, String label) {
    double sum = 0;
    for (String line : text.split("\n", -1)) {
      boolean named = line.startsWith(name + " ") || line.startsWith(name + "{");
      if (named && line.contains(label)) {
        sum += Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1));
      }
    }
    return (long) sum;
  }
}
