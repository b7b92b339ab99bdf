package io.lodge.decode.analytics;

import io.lodge.block.ByteSink;
import io.lodge.decode.Decompressor.Body;
import io.lodge.decode.MalformedPayloadException;
import io.lodge.decode.json.BadJsonException;
import io.lodge.decode.json.JsonCursor;
import io.lodge.decode.json.JsonNumbers;
import io.lodge.route.ProjectTokens;
import java.nio.charset.StandardCharsets;

/** What a decoder of captured bodies finds before it reads their events. */
final class CaptureBody {
  private final ByteSink plain = new ByteSink(256);
  private final JsonCursor in = new JsonCursor(plain);
  private final ProjectTokens tokens;
  private long team;

  /**
   * @param tokens what tells the team of a body that names none
   */
  CaptureBody(ProjectTokens tokens) {
    this.tokens = tokens;
  }

  /** The part of the body that holds the events. */
  Body events(Body body) throws MalformedPayloadException {
    team = -1;
    plain.clear(1 << 16);
    int start = body.offset();
    in.reset(body.bytes(), start, start + body.length(), false);
    try {
      if (in.peek() != '{') {
        return body;
      }
      return list(body);
    } catch (BadJsonException e) {
      throw new MalformedPayloadException(e.at() - start, e.detail());
    }
  }

  private Body list(Body body) throws BadJsonException {
    Body list = body;
    in.want('{');
    if (in.take('}')) {
      return list;
    }
    do {
      in.string();
      boolean batch = in.is(in.stringAt(), in.stringLength(), "batch");
      boolean key =
          in.is(in.stringAt(), in.stringLength(), "api_key")
              || in.is(in.stringAt(), in.stringLength(), "token");
      in.want(':');
      int next = in.peek();
      int from = in.at();
      if (key && next == '"') {
        in.string();
        team = team(in.text(in.stringAt(), in.stringLength()).getBytes(StandardCharsets.UTF_8));
      } else {
        in.skip(1);
        if (batch && next == '[') {
          list = new Body(body.bytes(), from, in.at() - from);
        }
      }
    } while (in.take(','));
    in.want('}');
    if (in.peek() >= 0) {
      throw in.unexpected("the end of the body");
    }
    return list;
  }

  private long team(byte[] token) {
    long known = tokens.teamOf(token, 0, token.length);
    return known == ProjectTokens.UNKNOWN ? JsonNumbers.int64(token, 0, token.length, -1) : known;
  }

  long teamOr(long otherwise) {
    return team < 0 ? otherwise : team;
  }

  static long number(String text, long otherwise) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    long number = JsonNumbers.int64(bytes, 0, bytes.length, -1);
    return number < 0 ? otherwise : number;
  }
}
