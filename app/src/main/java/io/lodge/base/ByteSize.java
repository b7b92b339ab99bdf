package io.lodge.base;

import java.util.Locale;

/** Sizes for people. */
public final class ByteSize {
  private static final String[] UNITS = {"B", "KiB", "MiB", "GiB", "TiB", "PiB"};

  private ByteSize() {}

  /** In the largest unit that is not below one, with a decimal where it says more: 1.5 MiB. */
  public static String format(long bytes) {
    int unit = 0;
    double amount = bytes;
    while (Math.abs(amount) >= 1024 && unit < UNITS.length - 1) {
      amount /= 1024;
      unit++;
    }
    boolean whole = amount == Math.rint(amount);
    return String.format(Locale.ROOT, whole ? "%.0f %s" : "%.1f %s", amount, UNITS[unit]);
  }
}
