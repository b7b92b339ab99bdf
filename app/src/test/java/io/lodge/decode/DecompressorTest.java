package io.lodge.decode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdOutputStreamNoFinalizer;
import com.sun.management.ThreadMXBean;
import io.lodge.model.ContentEncoding;
import io.lodge.model.Payload;
import io.lodge.model.PayloadKind;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.xerial.snappy.Snappy;
import org.xerial.snappy.SnappyFramedOutputStream;

/** Bodies come out whole or not at all, and never larger than the limit. */
class DecompressorTest {
  private static final int LIMIT_BYTES = 1 << 20;
  private static final ThreadMXBean ALLOCATIONS =
      (ThreadMXBean) ManagementFactory.getThreadMXBean();

  /** What clients send, each with the encoding they name. */
  enum Form {
    GZIP(ContentEncoding.GZIP) {
      @Override
      OutputStream open(OutputStream out) throws IOException {
        return new GZIPOutputStream(out);
      }
    },
    ZLIB(ContentEncoding.DEFLATE) {
      @Override
      OutputStream open(OutputStream out) {
        return new DeflaterOutputStream(out);
      }
    },
    ZSTD_WITH_SIZE(ContentEncoding.ZSTD) {
      @Override
      byte[] compress(byte[] plain) {
        return Zstd.compress(plain);
      }
    },
    ZSTD_STREAM(ContentEncoding.ZSTD) {
      @Override
      OutputStream open(OutputStream out) throws IOException {
        return new ZstdOutputStreamNoFinalizer(out).setChecksum(true);
      }
    },
    SNAPPY_FRAMED(ContentEncoding.SNAPPY) {
      @Override
      OutputStream open(OutputStream out) throws IOException {
        return new SnappyFramedOutputStream(out);
      }
    },
    SNAPPY_BLOCK(ContentEncoding.SNAPPY) {
      @Override
      byte[] compress(byte[] plain) throws IOException {
        return Snappy.compress(plain);
      }
    };

    final ContentEncoding encoding;

    Form(ContentEncoding encoding) {
      this.encoding = encoding;
    }

    OutputStream open(OutputStream out) throws IOException {
      throw new UnsupportedOperationException();
    }

    byte[] compress(byte[] plain) throws IOException {
      var bytes = new ByteArrayOutputStream();
      try (OutputStream out = open(bytes)) {
        out.write(plain);
      }
      return bytes.toByteArray();
    }

    final byte[] of(byte[] plain) {
      try {
        return compress(plain);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  private final Decompressor decompressor = new Decompressor(LIMIT_BYTES);

  @ParameterizedTest
  @EnumSource
  void bodiesOfEverySizeComeOutAsTheyWentIn(Form form) throws Exception {
    for (int size : new int[] {0, 1, 17, 4096, 65_535, 65_536, 65_537, 300_000, LIMIT_BYTES}) {
      for (byte[] plain : new byte[][] {text(size), noise(size), new byte[size]}) {
        assertThat(Arrays.equals(plain(form, form.of(plain)), plain)).as("%d bytes", size).isTrue();
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void refusesOneByteOverTheLimit(Form form) {
    for (byte[] plain : new byte[][] {text(LIMIT_BYTES + 1), noise(LIMIT_BYTES + 1)}) {
      assertThatThrownBy(() -> plain(form, form.of(plain)))
          .isInstanceOf(BodyTooLargeException.class)
          .hasMessageContaining("1048576 bytes")
          .hasMessageContaining("receive.max_decompressed");
    }
  }

  @ParameterizedTest
  @EnumSource
  void refusesOrFitsALimitSmallerThanAnyBuffer(Form form) throws Exception {
    var small = new Decompressor(100);
    assertThat(small.decompress(payload(form, form.of(text(100)))).length()).isEqualTo(100);
    assertThatThrownBy(() -> small.decompress(payload(form, form.of(text(101)))))
        .isInstanceOf(BodyTooLargeException.class);
  }

  @ParameterizedTest
  @EnumSource
  void refusesEveryTruncatedBody(Form form) throws Exception {
    byte[] plain = text(500);
    byte[] whole = form.of(plain);
    for (int length = 0; length < whole.length; length++) {
      byte[] prefix = Arrays.copyOf(whole, length);
      // A framed stream may end behind any chunk; the first holds no data.
      if (form == Form.SNAPPY_FRAMED && length == 10) {
        assertThat(plain(form, prefix)).isEmpty();
        continue;
      }
      assertThatThrownBy(() -> plain(form, prefix))
          .as("%d of %d bytes", length, whole.length)
          .isInstanceOf(MalformedPayloadException.class);
    }
  }

  @ParameterizedTest
  @EnumSource
  void refusesGarbageBehindTheBody(Form form) {
    for (int count : new int[] {1, 5, 100}) {
      byte[] whole = form.of(text(500));
      byte[] longer = Arrays.copyOf(whole, whole.length + count);
      Arrays.fill(longer, whole.length, longer.length, (byte) 0x5A);
      assertThatThrownBy(() -> plain(form, longer)).isInstanceOf(MalformedPayloadException.class);
    }
  }

  @ParameterizedTest
  @EnumSource
  void garbageIsRefusedAndNothingElseIsThrown(Form form) {
    var random = new SplittableRandom(4);
    byte[] whole = form.of(text(3000));
    for (int i = 0; i < 3000; i++) {
      byte[] damaged = whole.clone();
      for (int damage = random.nextInt(3); damage >= 0; damage--) {
        damaged[random.nextInt(damaged.length)] = (byte) random.nextInt(256);
      }
      try {
        plain(form, damaged);
      } catch (MalformedPayloadException | BodyTooLargeException e) {
        assertThat(e).hasMessageStartingWith("cannot ");
      }
    }
    assertThatThrownBy(() -> plain(form, noise(1000)))
        .isInstanceOfAny(MalformedPayloadException.class, BodyTooLargeException.class);
  }

  @ParameterizedTest
  @EnumSource
  void aBombIsRefusedAtTheLimit(Form form) throws Exception {
    byte[] bomb = Bombs.of(form);
    var gateway = new Decompressor(64 << 20);
    long before = ALLOCATIONS.getCurrentThreadAllocatedBytes();
    assertThatThrownBy(() -> gateway.decompress(payload(form, bomb)))
        .isInstanceOfAny(BodyTooLargeException.class, MalformedPayloadException.class);
    // The buffer doubles up to the limit; its smaller forms are garbage by then.
    assertThat(ALLOCATIONS.getCurrentThreadAllocatedBytes() - before).isLessThan(256 << 20);
  }

  @Test
  void gzipAndZstdMayHaveSeveralMembers() throws Exception {
    for (Form form : new Form[] {Form.GZIP, Form.ZSTD_WITH_SIZE, Form.ZSTD_STREAM}) {
      byte[] two = concat(form.of(text(700)), form.of(text(300)));
      assertThat(plain(form, two)).isEqualTo(concat(text(700), text(300)));
    }
    byte[] framed = concat(Form.SNAPPY_FRAMED.of(text(700)), Form.SNAPPY_FRAMED.of(text(300)));
    assertThat(plain(Form.SNAPPY_FRAMED, framed)).isEqualTo(concat(text(700), text(300)));
  }

  @Test
  void gzipMayHaveEveryOptionalHeaderField() throws Exception {
    byte[] member = Form.GZIP.of(text(50));
    byte[] head = Arrays.copyOf(member, 10);
    head[3] = 2 | 4 | 8 | 16;
    byte[] optional = {3, 0, 'e', 'x', 't', 'n', 0, 'c', 'o', 0, 1, 2};
    byte[] rest = Arrays.copyOfRange(member, 10, member.length);
    assertThat(plain(Form.GZIP, concat(head, optional, rest))).isEqualTo(text(50));
    for (int cut = 1; cut <= optional.length; cut++) {
      byte[] ends = concat(head, Arrays.copyOf(optional, optional.length - cut));
      assertThatThrownBy(() -> plain(Form.GZIP, ends))
          .isInstanceOf(MalformedPayloadException.class);
    }
  }

  @Test
  void aSnappyBlockThatLiesAboutItsSizeTakesNoMemory() {
    byte[] lie = {(byte) 0xFF, (byte) 0xFF, 0x3F, 0};
    assertThatThrownBy(() -> plain(Form.SNAPPY_BLOCK, lie))
        .isInstanceOf(MalformedPayloadException.class)
        .hasMessageContaining("invalid uncompressed length");
  }

  @Test
  void anUncompressedBodyIsNotCopied() throws Exception {
    Payload payload =
        Decoding.payload(PayloadKind.OTLP_LOGS_JSON, ContentEncoding.IDENTITY, text(9));
    Decompressor.Body body = decompressor.decompress(payload);
    assertThat(body.bytes()).isSameAs(payload.bytes());
    assertThat(body.offset()).isEqualTo(payload.offset());
    assertThatThrownBy(() -> new Decompressor(8).decompress(payload))
        .isInstanceOf(BodyTooLargeException.class);
  }

  private byte[] plain(Form form, byte[] compressed)
      throws MalformedPayloadException, BodyTooLargeException {
    Decompressor.Body body = decompressor.decompress(payload(form, compressed));
    return Arrays.copyOfRange(body.bytes(), body.offset(), body.offset() + body.length());
  }

  private static Payload payload(Form form, byte[] compressed) {
    return Decoding.payload(PayloadKind.OTLP_LOGS_JSON, form.encoding, compressed);
  }

  private static byte[] text(int size) {
    byte[] line =
        "GET /cart/items 200 in 17 ms for customer 8231\n".getBytes(StandardCharsets.UTF_8);
    byte[] text = new byte[size];
    for (int i = 0; i < size; i++) {
      text[i] = (byte) (line[i % line.length] + (i / 997 % 3));
    }
    return text;
  }

  private static byte[] noise(int size) {
    byte[] noise = new byte[size];
    new Random(size).nextBytes(noise);
    return noise;
  }

  private static byte[] concat(byte[]... parts) {
    var out = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      out.writeBytes(part);
    }
    return out.toByteArray();
  }
}
