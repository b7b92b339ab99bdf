package io.lodge.receive;

import static org.assertj.core.api.Assertions.assertThat;

import io.lodge.base.BufferPool;
import io.lodge.base.ByteBudget;
import io.lodge.model.SyslogFrame;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Messages are found in a stream however it is cut into pieces. */
class SyslogFramerTest {
  private static final int MESSAGE_BYTES_MAX = 40;

  @Test
  void findsBothFramingsInOneStream() {
    String stream =
        "6 <1>abc"
            + "<2>line\r\n"
            + "\n\n"
            + "9 <3>x\ny\nz"
            + "\n"
            + "2026-11-21 a date\n"
            + "7 no\n";
    List<String> found = List.of("<1>abc", "<2>line", "<3>x\ny\nz", "2026-11-21 a date", "7 no");
    for (int piece = 1; piece <= stream.length(); piece++) {
      assertThat(messages(stream, piece)).as("in pieces of %d", piece).isEqualTo(found);
    }
  }

  @Test
  void cutsWhatIsTooLongAndGoesOnBehindIt() {
    String tooLong = "<1>" + "x".repeat(100);
    String stream = "103 " + tooLong + "<2>a\n" + tooLong + "\n<3>b\n";
    String cut = tooLong.substring(0, MESSAGE_BYTES_MAX) + "|";
    for (int piece = 1; piece <= stream.length(); piece++) {
      assertThat(messages(stream, piece))
          .as("in pieces of %d", piece)
          .isEqualTo(List.of(cut, "<2>a", cut, "<3>b"));
    }
  }

  @Test
  void whatIsUnfinishedWhenTheConnectionEndsIsAMessage() {
    assertThat(messages("<1>a\n<2>b", 3)).isEqualTo(List.of("<1>a", "<2>b"));
    assertThat(messages("9 <1>abc", 3)).isEqualTo(List.of("<1>abc|"));
    assertThat(messages("12", 1)).isEqualTo(List.of("12"));
    assertThat(messages("12 ", 1)).isEqualTo(List.of("12 "));
  }

  @Test
  void noStreamStopsIt() {
    var random = new SplittableRandom(1);
    for (int i = 0; i < 20_000; i++) {
      StringBuilder stream = new StringBuilder();
      for (int length = random.nextInt(200); length > 0; length--) {
        stream.append("0123456789<> \nab".charAt(random.nextInt(16)));
      }
      List<String> whole = messages(stream.toString(), 1000);
      assertThat(messages(stream.toString(), 1 + random.nextInt(7)))
          .as(stream.toString())
          .isEqualTo(whole);
    }
  }

  /** The messages of a stream that comes in pieces of this size; a bar ends those that are cut. */
  private static List<String> messages(String stream, int piece) {
    SyslogFramer framer = new SyslogFramer(MESSAGE_BYTES_MAX);
    ByteBuf pending = Unpooled.buffer();
    List<String> messages = new ArrayList<>();
    byte[] bytes = stream.getBytes(StandardCharsets.ISO_8859_1);
    for (int at = 0; at < bytes.length; at += piece) {
      pending.writeBytes(bytes, at, Math.min(piece, bytes.length - at));
      take(framer, pending, false, messages);
    }
    take(framer, pending, true, messages);
    assertThat(pending.isReadable()).isFalse();
    return messages;
  }

  private static void take(
      SyslogFramer framer, ByteBuf pending, boolean ended, List<String> messages) {
    do {
      int upTo = framer.find(pending, ended);
      Body body = new Body(new BufferPool(1 << 20, 0), new ByteBudget(1 << 20));
      body.reserve(framer.bytesFound());
      framer.copyTo(pending, body);
      ByteBuffer frames =
          ByteBuffer.wrap(body.bytes(), 0, body.length()).order(ByteOrder.LITTLE_ENDIAN);
      while (frames.hasRemaining()) {
        int header = frames.getInt();
        byte[] message = new byte[header & ~SyslogFrame.CUT];
        frames.get(message);
        String text = new String(message, StandardCharsets.ISO_8859_1);
        messages.add((header & SyslogFrame.CUT) != 0 ? text + "|" : text);
      }
      pending.readerIndex(upTo);
    } while (framer.count() > 0);
  }
}
