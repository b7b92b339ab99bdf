package io.lodge.decode.events;

import io.lodge.decode.json.BadJsonException;
import io.lodge.decode.json.JsonCursor;
import io.lodge.decode.json.JsonFields;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * An action line of a bulk request, {@code {"create":{"_index":"web","_id":"7"}}}: what to do, and
 * where. Reused.
 */
final class BulkAction {
  private static final String[] WORDS = {"create", "index", "update", "delete"};

  private final JsonFields fields;
  private final JsonCursor in;
  private String word = "";
  private byte[] index = {};
  private boolean named;
  private String id = "";

  BulkAction(JsonFields fields) {
    this.fields = fields;
    in = fields.cursor();
  }

  /**
   * Reads the line that begins here, to its end. The fields are cleared, and hold the id then.
   *
   * @param context the index of actions that name none; empty if there is none
   */
  void read(byte[] context) throws BadJsonException {
    fields.clear();
    named = false;
    id = "";
    in.want('{');
    in.string();
    word = knownWord();
    in.want(':');
    in.want('{');
    if (!in.take('}')) {
      do {
        member();
      } while (in.take(','));
      in.want('}');
    }
    in.want('}');
    if (in.peek() >= 0) {
      throw in.unexpected("the end of the line");
    }
    if (!named) {
      index = context;
    }
    if (index.length == 0) {
      throw new BadJsonException("no_index", in.at(), "the action names no index");
    }
  }

  private String knownWord() throws BadJsonException {
    for (String known : WORDS) {
      if (in.is(in.stringAt(), in.stringLength(), known)) {
        return known;
      }
    }
    throw new BadJsonException(
        "unknown_action", in.at(), "unexpected action; want create, index, update or delete");
  }

  private void member() throws BadJsonException {
    in.string();
    int nameAt = in.stringAt();
    int nameLength = in.stringLength();
    in.want(':');
    boolean text = in.peek() == '"';
    if (text && in.is(nameAt, nameLength, "_index")) {
      in.string();
      named = true;
      int length = in.stringLength();
      if (!same(length)) {
        index = in.text(in.stringAt(), length).getBytes(StandardCharsets.UTF_8);
      }
    } else if (text && in.is(nameAt, nameLength, "_id")) {
      in.string();
      id = in.text(in.stringAt(), in.stringLength());
      fields.add(nameAt, nameLength, in.stringAt(), in.stringLength(), JsonFields.Kind.STRING);
    } else {
      in.skip(0);
    }
  }

  /** Whether the string is the last action's index: mostly they are all the same. */
  private boolean same(int length) {
    int at = in.stringAt();
    int from = JsonCursor.index(at);
    return Arrays.equals(in.source(at), from, from + length, index, 0, index.length);
  }

  /** The action's name. */
  String word() {
    return word;
  }

  byte[] index() {
    return index;
  }

  /** The document's id as the client gave it; empty if it gave none. */
  String id() {
    return id;
  }

  /** Whether a line with a document follows. */
  boolean hasDocument() {
    return !word.equals("delete");
  }

  /** Whether it adds a document, which is all that events know. */
  boolean adds() {
    return word.equals("create") || word.equals("index");
  }
}
