package io.lodge.clickhouse;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLEncoder;

/** Builds the part of a URL after the question mark. */
final class QueryString {
  private final StringBuilder text = new StringBuilder();

  QueryString add(String name, String value) {
    text.append(text.isEmpty() ? '?' : '&').append(URLEncoder.encode(name, UTF_8)).append('=');
    text.append(URLEncoder.encode(value, UTF_8));
    return this;
  }

  @Override
  public String toString() {
    return text.toString();
  }
}
