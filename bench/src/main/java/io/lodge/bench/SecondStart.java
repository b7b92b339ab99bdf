package io.lodge.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;

/**
 * How long {@code lodge up} takes until it is ready, on data that an earlier run left.
 *
 * <p>Arguments: the product's launcher, a folder for data, how many starts.
 */
public final class SecondStart {
  private SecondStart() {}

  public static void main(String[] args) throws Exception {
    Path launcher = Path.of(args[0]).toAbsolutePath();
    Path data = Files.createDirectories(Path.of(args[1]));
    double first = startAndStop(launcher, data);
    double[] seconds = new double[Integer.parseInt(args[2])];
    for (int i = 0; i < seconds.length; i++) {
      seconds[i] = startAndStop(launcher, data);
    }
    Arrays.sort(seconds);
    System.out.println(
        String.format(
            Locale.ROOT,
            "ready after  first start %.2f s, on existing data median of %d %.2f s, worst %.2f s",
            first,
            seconds.length,
            seconds[seconds.length / 2],
            seconds[seconds.length - 1]));
  }

  /** Seconds from the launcher's start until {@code /readyz} says yes. */
  private static double startAndStop(Path launcher, Path data)
      throws IOException, InterruptedException {
    long startNanos = System.nanoTime();
    Gateway gateway = new Gateway(launcher, data);
    double seconds = (System.nanoTime() - startNanos) / 1e9;
    gateway.close();
    return seconds;
  }
}
