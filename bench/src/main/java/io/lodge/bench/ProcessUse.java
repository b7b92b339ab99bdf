package io.lodge.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What a process has used so far, read from {@code /proc}: Linux only.
 *
 * @param cpuSeconds user and system time of all its threads
 * @param residentBytes memory it holds now
 */
record ProcessUse(double cpuSeconds, long residentBytes) {
  /** USER_HZ: 100 on every Linux that Java runs on. */
  private static final double TICKS_PER_SECOND = 100;

  static ProcessUse of(long pid) throws IOException {
    String stat = Files.readString(Path.of("/proc", Long.toString(pid), "stat"));
    // The name, in brackets, may hold blanks; utime and stime are fields 14 and 15 of the line.
    String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
    double ticks = Double.parseDouble(fields[11]) + Double.parseDouble(fields[12]);
    String statm = Files.readString(Path.of("/proc", Long.toString(pid), "statm"));
    long pages = Long.parseLong(statm.split(" ", -1)[1]);
    return new ProcessUse(ticks / TICKS_PER_SECOND, pages * 4096);
  }
}
