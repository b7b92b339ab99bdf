package io.lodge.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Takes what a dead gateway left in a journal's directory over into another's. Each segment is
 * durable there before it is removed here; cut short, it is done again and finds the rest.
 */
public final class Adoption {
  private static final int COPY_BYTES = 256 << 10;

  private final Disk into;

  private Adoption(Disk into) {
    this.into = into;
  }

  /**
   * What was done.
   *
   * @param left segments for which there was no room
   * @param quarantined files that stay in the quarantine of the dead gateway
   */
  public record Result(int moved, long movedBytes, int left, int quarantined) {}

  /**
   * Moves all segments, oldest first, as far as there is room.
   *
   * @param from a journal that no gateway uses
   * @param into a journal that a gateway may be using, which then {@linkplain Journal#adopted
   *     finds} them
   * @param options of the journal {@code into}
   * @throws JournalFailure if a gateway uses {@code from}
   * @throws IOException if a disk fails
   */
  public static Result move(Path from, Path into, JournalOptions options) throws IOException {
    JournalOptions boundless = new JournalOptions(Long.MAX_VALUE / 2, 0, options.decoderRevision());
    LocalDisk target = LocalDisk.create(into);
    try (Journal dead = Journal.open(from, boundless)) {
      return new Adoption(target).move(dead, options);
    }
  }

  private Result move(Journal dead, JournalOptions options) throws IOException {
    long roomBytes =
        Math.min(
            options.diskBudgetBytes() - usedBytes(), into.freeBytes() - options.minFreeBytes());
    int moved = 0;
    long movedBytes = 0;
    for (ClosedSegment segment : dead.leftovers()) {
      if (!segment.isMovable() || movedBytes + segment.sizeBytes() > roomBytes) {
        break;
      }
      keepRules(dead, segment.rules());
      copy(segment);
      movedBytes += segment.sizeBytes();
      moved++;
      segment.delete();
    }
    return new Result(moved, movedBytes, dead.leftovers().size() - moved, dead.quarantineFiles());
  }

  private long usedBytes() throws IOException {
    long used = 0;
    for (String folder : new String[] {"", Disk.QUARANTINE}) {
      for (String name : into.list(folder)) {
        String path = folder.isEmpty() ? name : Names.quarantined(name);
        used += sizeBytes(path);
      }
    }
    return used;
  }

  private long sizeBytes(String path) {
    try (DiskReader file = into.read(path)) {
      return file.sizeBytes();
    } catch (IOException delivered) {
      return 0;
    }
  }

  private void keepRules(Journal dead, RulesId id) throws IOException {
    if (id.equals(RulesId.LOST)) {
      return;
    }
    Optional<byte[]> text = dead.rulesText(id);
    if (text.isPresent()) {
      new KeptRules(into).keep(text.get());
    }
  }

  private void copy(ClosedSegment segment) throws IOException {
    String name = segment.id() + Names.ADOPTED;
    String temporary = name + Names.TEMPORARY;
    into.delete(temporary);
    try (var from = segment.content().open();
        DiskWriter to = into.create(temporary)) {
      byte[] buffer = new byte[COPY_BYTES];
      for (int n; (n = from.read(buffer)) >= 0; ) {
        to.append(ByteBuffer.wrap(buffer, 0, n));
      }
      to.force();
    }
    into.rename(temporary, name);
    into.syncDir("");
  }
}
