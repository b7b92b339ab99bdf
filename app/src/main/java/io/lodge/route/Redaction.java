package io.lodge.route;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A pattern, and what takes the place of its matches. RE2's syntax: time is linear in the text, so
 * that no record can hold up the gateway. Immutable.
 */
public final class Redaction {
  /** How much longer than the text a result may be. */
  private static final int GROWTH_BYTES_MAX = 64 << 10;

  private final Pattern pattern;
  private final String replacement;
  private final List<Part> parts = new ArrayList<>();

  /** Bytes as they stand, or a group of the match. */
  private sealed interface Part {
    record Plain(byte[] utf8) implements Part {}

    record Group(int number) implements Part {}
  }

  /**
   * @param regex RE2's syntax
   * @param replacement {@code $1} is a group of the match, {@code $$} a dollar
   * @throws IllegalArgumentException if one of them cannot be read
   */
  public Redaction(String regex, String replacement) {
    pattern = compile(regex);
    this.replacement = replacement;
    readReplacement();
  }

  private static Pattern compile(String regex) {
    try {
      return Pattern.compile(regex);
    } catch (PatternSyntaxException e) {
      throw new IllegalArgumentException(e.getMessage(), e);
    }
  }

  String regex() {
    return pattern.pattern();
  }

  String replacement() {
    return replacement;
  }

  private void readReplacement() {
    StringBuilder plain = new StringBuilder();
    int at = 0;
    while (at < replacement.length()) {
      char next = replacement.charAt(at);
      if (next != '$') {
        plain.append(next);
        at++;
        continue;
      }
      char after = at + 1 < replacement.length() ? replacement.charAt(at + 1) : ' ';
      if (after == '$') {
        plain.append('$');
      } else if (after >= '0' && after <= '9' && after - '0' <= pattern.groupCount()) {
        add(plain);
        parts.add(new Part.Group(after - '0'));
      } else {
        throw new IllegalArgumentException(
            "unexpected $ in the replacement; want $0 to $%d, or $$ for a dollar"
                .formatted(Math.min(9, pattern.groupCount())));
      }
      at += 2;
    }
    add(plain);
  }

  private void add(StringBuilder plain) {
    if (!plain.isEmpty()) {
      parts.add(new Part.Plain(plain.toString().getBytes(StandardCharsets.UTF_8)));
      plain.setLength(0);
    }
  }

  /**
   * The text with every match replaced; null if there is none. A text that would grow by more than
   * 64 KiB becomes the bare replacement: nothing of it gets out.
   */
  public byte @Nullable [] apply(byte[] bytes, int from, int length) {
    byte[] text = Arrays.copyOfRange(bytes, from, from + length);
    Matcher matcher = pattern.matcher(text);
    if (!matcher.find()) {
      return null;
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream(length);
    int done = 0;
    do {
      out.write(text, done, matcher.start() - done);
      for (Part part : parts) {
        switch (part) {
          case Part.Plain plain -> out.write(plain.utf8, 0, plain.utf8.length);
          case Part.Group group -> putGroup(matcher, group.number, text, out);
        }
      }
      done = matcher.end();
      if (out.size() - done > GROWTH_BYTES_MAX) {
        return replacement.getBytes(StandardCharsets.UTF_8);
      }
    } while (matcher.find());
    out.write(text, done, length - done);
    return out.toByteArray();
  }

  private static void putGroup(
      Matcher matcher, int number, byte[] text, ByteArrayOutputStream out) {
    int start = matcher.start(number);
    if (start >= 0) {
      out.write(text, start, matcher.end(number) - start);
    }
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Redaction redaction
        && redaction.regex().equals(regex())
        && redaction.replacement.equals(replacement);
  }

  @Override
  public int hashCode() {
    return 31 * regex().hashCode() + replacement.hashCode();
  }
}
