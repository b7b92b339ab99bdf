package io.lodge.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The texts of the rules that segments name, each a file {@code <id>.rules} beside the segments.
 * Used by one thread at a time.
 */
final class KeptRules {
  /** A million teams with their days, about. */
  private static final int TEXT_BYTES_MAX = 32 << 20;

  private static final Logger log = LoggerFactory.getLogger(KeptRules.class);

  private final Disk disk;

  KeptRules(Disk disk) {
    this.disk = disk;
  }

  /** Makes the text durable before a segment may name it. */
  RulesId keep(byte[] text) throws IOException {
    if (text.length > TEXT_BYTES_MAX) {
      throw new IOException(
          "cannot keep rules: they have %d B, more than %d B"
              .formatted(text.length, TEXT_BYTES_MAX));
    }
    RulesId id = RulesId.of(text);
    if (text.length == 0 || find(id).isPresent()) {
      return id;
    }
    String name = id.hex() + Names.RULES;
    String temporary = name + Names.TEMPORARY;
    disk.delete(temporary);
    try (DiskWriter to = disk.create(temporary)) {
      to.append(ByteBuffer.wrap(text));
      to.force();
    } catch (NoSpaceException full) {
      disk.delete(temporary);
      throw full;
    }
    disk.rename(temporary, name);
    disk.syncDir("");
    return id;
  }

  /** The text with this id; empty if it is not there, or is not what was written. */
  Optional<byte[]> find(RulesId id) throws IOException {
    if (id.equals(RulesId.NONE)) {
      return Optional.of(new byte[0]);
    }
    String name = id.hex() + Names.RULES;
    if (!disk.list("").contains(name)) {
      return Optional.empty();
    }
    try (DiskReader file = disk.read(name)) {
      byte[] text = new byte[(int) Math.min(file.sizeBytes(), TEXT_BYTES_MAX)];
      int length = file.read(0, text, 0, text.length);
      return length == text.length && RulesId.of(text).equals(id)
          ? Optional.of(text)
          : Optional.empty();
    } catch (IOException unreadable) {
      // As good as damaged: written anew if they are in force, and else their segments wait for a
      // person in quarantine. A bad sector must not keep the gateway from starting.
      log.error("cannot read the rules {}: {}", name, unreadable.getMessage());
      return Optional.empty();
    }
  }

  /**
   * Removes the texts that nothing names any more: no segment that waits, none that waits for room
   * to be salvaged, and none in quarantine, which a person may move back.
   */
  void prune(List<ClosedSegment> segments) throws IOException {
    Set<String> named = new HashSet<>();
    segments.forEach(segment -> named.add(segment.rules().hex() + Names.RULES));
    for (String name : disk.list("")) {
      if (name.endsWith(Names.OPEN) || name.endsWith(Names.DAMAGED)) {
        addNamedBy(name, named);
      }
    }
    for (String name : disk.list(Disk.QUARANTINE)) {
      addNamedBy(Names.quarantined(name), named);
    }
    for (String name : disk.list("")) {
      if (name.endsWith(Names.RULES) && !named.contains(name)) {
        disk.delete(name);
      }
    }
  }

  /** The rules that the header of this file names, intact or not: to keep too much does no harm. */
  private void addNamedBy(String name, Set<String> named) {
    byte[] header = new byte[Format.HEADER_BYTES];
    try (DiskReader file = disk.read(name)) {
      if (file.read(0, header, 0, header.length) == header.length) {
        named.add(SegmentHeader.rulesIn(header).hex() + Names.RULES);
      }
    } catch (IOException lost) {
      // What it named cannot be known; what it holds is decoded under the rules of now.
    }
  }
}
