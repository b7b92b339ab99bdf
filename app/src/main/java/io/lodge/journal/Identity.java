package io.lodge.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.random.RandomGenerator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Who this journal is and how often it was opened: what makes its segments' ids unique for ever.
 *
 * @param gateway a random number, given when the directory was new
 * @param epoch greater at each opening, also when the clock was set back
 * @param home the number that the directory has and keeps, by which others know it: {@code
 *     gateway}, but for a number that could not be written down
 */
record Identity(int gateway, long epoch, int home) {
  private static final int TEXT_BYTES_MAX = 256;
  private static final Pattern TEXT =
      Pattern.compile("lodge journal 1\ngateway ([0-9a-f]{8})\nepoch ([0-9a-f]{12})\n");

  /** Reads the last identity, and makes the next one durable before it is used. */
  static Identity next(Disk disk, InstantSource clock, RandomGenerator random) throws IOException {
    long now = clock.millis();
    Identity next;
    if (disk.list("").contains(Names.GATEWAY)) {
      Identity last = read(disk);
      next = of(last.gateway, Math.max(now, last.epoch + 1));
    } else {
      next = of(random.nextInt(), now);
    }
    try {
      next.write(disk);
      return next;
    } catch (NoSpaceException full) {
      // A gateway that cannot start cannot drain the disk. A number that is drawn once and kept
      // nowhere is as good: the next start draws or reads another.
      disk.delete(Names.GATEWAY + Names.TEMPORARY);
      return new Identity(random.nextInt(), next.epoch, next.home);
    }
  }

  private static Identity of(int gateway, long epoch) {
    return new Identity(gateway, epoch, gateway);
  }

  static Identity read(Disk disk) throws IOException {
    byte[] bytes = new byte[TEXT_BYTES_MAX];
    try (DiskReader file = disk.read(Names.GATEWAY)) {
      int length = file.read(0, bytes, 0, bytes.length);
      Matcher parts = TEXT.matcher(new String(bytes, 0, length, StandardCharsets.UTF_8));
      if (!parts.matches()) {
        throw new IOException(
            "the file `" + Names.GATEWAY + "` is damaged; remove it and the journal gets a new id");
      }
      return of(
          HexFormat.fromHexDigits(parts.group(1)), HexFormat.fromHexDigitsToLong(parts.group(2)));
    }
  }

  private void write(Disk disk) throws IOException {
    HexFormat hex = HexFormat.of();
    String text =
        "lodge journal 1\ngateway %s\nepoch %s\n"
            .formatted(hex.toHexDigits(gateway), hex.toHexDigits(epoch, 12));
    String temporary = Names.GATEWAY + Names.TEMPORARY;
    disk.delete(temporary);
    try (DiskWriter to = disk.create(temporary)) {
      to.append(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)));
      to.force();
    }
    disk.rename(temporary, Names.GATEWAY);
    disk.syncDir("");
  }
}
