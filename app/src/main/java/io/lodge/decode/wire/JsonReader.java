package io.lodge.decode.wire;

import io.lodge.block.ByteSink;
import io.lodge.decode.Decompressor.Body;
import io.lodge.decode.MalformedPayloadException;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.TokenStreamFactory;
import tools.jackson.core.json.JsonFactory;

/**
 * Walks the JSON of a body, and reads the types of proto3's JSON mapping. Whatever is not as asked
 * for is malformed, with its byte offset in the body.
 */
public final class JsonReader implements AutoCloseable {
  /**
   * Twice what OTLP's 32 levels can need: deeper values are dead letters up to here, and beyond
   * refuse the body, since each level costs memory.
   */
  private static final int NESTING_MAX = 512;

  /** Numbers are read exactly; none of OTLP's needs more digits. */
  private static final int NUMBER_LENGTH_MAX = 1000;

  /** Names are the protocol's own; longer ones are not worth reading. */
  private static final int NAME_LENGTH_MAX = 10_000;

  private final JsonParser parser;
  private final byte[] bytes;
  private final int from;
  private final int to;

  public JsonReader(TokenStreamFactory factory, Body body) throws MalformedPayloadException {
    bytes = body.bytes();
    from = body.offset();
    to = from + body.length();
    checkUtf8(to);
    parser = factory.createParser(ObjectReadContext.empty(), bytes, from, body.length());
  }

  /**
   * A factory for parsers with limits.
   *
   * @param stringLengthMax the longest string that is read, in characters
   */
  public static TokenStreamFactory factory(int stringLengthMax) {
    StreamReadConstraints limits =
        StreamReadConstraints.builder()
            .maxNestingDepth(NESTING_MAX)
            .maxStringLength(stringLengthMax)
            .maxNumberLength(NUMBER_LENGTH_MAX)
            .maxNameLength(NAME_LENGTH_MAX)
            .build();
    return JsonFactory.builder().streamReadConstraints(limits).build();
  }

  public byte[] bytes() {
    return bytes;
  }

  /** The index in {@link #bytes} behind the body. */
  public int to() {
    return to;
  }

  /** The index in {@link #bytes} where the present token begins. */
  public int tokenFrom() {
    return from + (int) parser.currentTokenLocation().getByteOffset();
  }

  /** The index in {@link #bytes} behind the present token. */
  public int tokenTo() {
    return from + (int) parser.currentLocation().getByteOffset();
  }

  /** The offset in the body of an index of {@link #bytes}. */
  public int offsetOf(int index) {
    return index - from;
  }

  /** Moves to the next token; null at the end. */
  public @Nullable JsonToken next() throws MalformedPayloadException {
    try {
      return parser.nextToken();
    } catch (JacksonException e) {
      throw malformed(e);
    }
  }

  /** Checks that nothing follows the document. */
  public void end() throws MalformedPayloadException {
    if (next() != null) {
      throw unexpected("the end of the body");
    }
  }

  public void enterObject() throws MalformedPayloadException {
    want(JsonToken.START_OBJECT, "an object");
  }

  public void enterArray() throws MalformedPayloadException {
    want(JsonToken.START_ARRAY, "an array");
  }

  /**
   * Moves to the value of the object's next member and returns the member's name; null at the
   * object's end. Members that are null are as good as absent, and passed over.
   */
  public @Nullable String nextMember() throws MalformedPayloadException {
    while (next() == JsonToken.PROPERTY_NAME) {
      String name = parser.currentName();
      if (next() != JsonToken.VALUE_NULL) {
        return name;
      }
    }
    return null;
  }

  /** Moves to the array's next element; false at the array's end. */
  public boolean nextElement() throws MalformedPayloadException {
    return next() != JsonToken.END_ARRAY;
  }

  /** Passes over the present value, with all that is in it. */
  public void skip() throws MalformedPayloadException {
    try {
      parser.skipChildren();
    } catch (JacksonException e) {
      throw malformed(e);
    }
  }

  /** Appends the present string in UTF-8. */
  public void string(ByteSink out) throws MalformedPayloadException {
    want(JsonToken.VALUE_STRING, "a string");
    try {
      char[] chars = parser.getStringCharacters();
      Utf8.put(out, chars, parser.getStringOffset(), parser.getStringLength());
    } catch (JacksonException e) {
      throw malformed(e);
    }
  }

  /** The text of the present string. */
  public String string() throws MalformedPayloadException {
    want(JsonToken.VALUE_STRING, "a string");
    return text();
  }

  public boolean bool() throws MalformedPayloadException {
    String text = text();
    return switch (text) {
      case "true" -> true;
      case "false" -> false;
      default -> throw unexpected("true or false");
    };
  }

  public long int64() throws MalformedPayloadException {
    return whole(Long.MIN_VALUE, "a whole number of 64 bits");
  }

  /** The bits of a whole number from 0 to 2^64 - 1. */
  public long uint64() throws MalformedPayloadException {
    return whole(0, "a whole number from 0 to 2^64 - 1");
  }

  /** The bits of a whole number from 0 to 2^32 - 1. */
  public int uint32() throws MalformedPayloadException {
    long value = uint64();
    if (value >>> Integer.SIZE != 0) {
      throw unexpected("a whole number from 0 to 2^32 - 1");
    }
    return (int) value;
  }

  /** A double: a number, a number in a string, or one of the names of what JSON has no form for. */
  public double float64() throws MalformedPayloadException {
    try {
      return JsonNumber.float64(numberText("a number"));
    } catch (NumberFormatException e) {
      throw unexpected("a number");
    }
  }

  public boolean isString() {
    return parser.currentToken() == JsonToken.VALUE_STRING;
  }

  private long whole(long min, String want) throws MalformedPayloadException {
    String text = numberText(want);
    try {
      return min == 0 ? JsonNumber.uint64(text) : JsonNumber.int64(text);
    } catch (ArithmeticException | NumberFormatException e) {
      throw unexpected(want);
    }
  }

  private String numberText(String want) throws MalformedPayloadException {
    JsonToken token = parser.currentToken();
    if (!isString()
        && token != JsonToken.VALUE_NUMBER_INT
        && token != JsonToken.VALUE_NUMBER_FLOAT) {
      throw unexpected(want);
    }
    return text();
  }

  private String text() throws MalformedPayloadException {
    try {
      return parser.getString();
    } catch (JacksonException e) {
      throw malformed(e);
    }
  }

  private void want(JsonToken token, String name) throws MalformedPayloadException {
    if (parser.currentToken() != token) {
      throw unexpected(name);
    }
  }

  /** The present token is not what the protocol says. */
  public MalformedPayloadException unexpected(String want) {
    JsonToken token = parser.currentToken();
    String got = token == null ? "the end of the body" : token.toString();
    return malformed("unexpected JSON; got %s want %s".formatted(got, want));
  }

  /** Something is wrong with the present token. */
  public MalformedPayloadException malformed(String problem) {
    return new MalformedPayloadException(offsetOf(tokenFrom()), problem);
  }

  private static MalformedPayloadException malformed(JacksonException e) {
    long at = e.getLocation() == null ? 0 : e.getLocation().getByteOffset();
    // Where a bracket was opened Jackson knows only as a source of its own, which says nothing.
    String problem = e.getOriginalMessage().replaceFirst(" \\(start marker at .*\\)$", "");
    return new MalformedPayloadException(
        (int) Math.max(0, at), "body is not valid JSON: " + problem);
  }

  /** Jackson would take UTF-16 and UTF-32 too, and then know no byte offsets. */
  private void checkUtf8(int end) throws MalformedPayloadException {
    for (int at = from; at < Math.min(end, from + Integer.BYTES); at++) {
      if (bytes[at] == 0 || bytes[at] == (byte) 0xFE || bytes[at] == (byte) 0xFF) {
        throw new MalformedPayloadException(offsetOf(at), "body is not UTF-8");
      }
    }
  }

  @Override
  public void close() {
    parser.close();
  }
}
