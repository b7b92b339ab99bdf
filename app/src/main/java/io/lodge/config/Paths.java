package io.lodge.config;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Map;

/** Turns the text of a path into an absolute path. */
final class Paths {
  private static final String HOME = "~/";
  private static final String XDG_DATA_HOME = "$XDG_DATA_HOME/";

  private Paths() {}

  /**
   * The path, from {@code start} if it is relative. {@code ~/} is the home folder, {@code
   * $XDG_DATA_HOME/} the folder of the XDG base directory specification.
   */
  static Path resolve(String text, Path start, Map<String, String> environment)
      throws BadValueException {
    try {
      if (text.startsWith(XDG_DATA_HOME)) {
        return xdgDataHome(environment).resolve(text.substring(XDG_DATA_HOME.length())).normalize();
      }
      if (text.startsWith(HOME)) {
        return home(environment).resolve(text.substring(HOME.length())).normalize();
      }
      return start.resolve(text).normalize();
    } catch (InvalidPathException e) {
      throw new BadValueException("cannot read a path: " + e.getReason(), "name a file or folder");
    }
  }

  /** Relative values are to be ignored, says the specification. */
  private static Path xdgDataHome(Map<String, String> environment) {
    Path named = Path.of(environment.getOrDefault("XDG_DATA_HOME", ""));
    return named.isAbsolute() ? named : home(environment).resolve(".local/share");
  }

  private static Path home(Map<String, String> environment) {
    return Path.of(environment.getOrDefault("HOME", System.getProperty("user.home")))
        .toAbsolutePath();
  }
}
