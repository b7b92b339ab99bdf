package io.lodge.ship;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A file that others append to, rename, replace and truncate, read by name as {@code tail -F} does.
 * Not safe for several threads.
 *
 * <p>A renamed file is read on until a new one has its name and two looks in a row found nothing
 * more in the old one. A file that is shorter than what was read starts again. What is truncated or
 * deleted between two looks is gone, as for any reader.
 */
final class FollowedFile implements AutoCloseable {
  private final Path path;
  private boolean fromEnd;
  private @Nullable FileChannel channel;
  private @Nullable Object fileKey;
  private boolean replacedBefore;

  /** What a look at the file found. */
  enum Look {
    /** Bytes were read. */
    DATA,
    /** Nothing new. */
    QUIET,
    /** Another file begins here, or this one anew: an unfinished line will not be finished. */
    NEW_FILE,
    /** No file has this name. */
    MISSING
  }

  /**
   * @param fromEnd leave out what the file holds when it is first opened
   */
  FollowedFile(Path path, boolean fromEnd) {
    this.path = path;
    this.fromEnd = fromEnd;
  }

  /** Fills the buffer with what is new. */
  Look read(ByteBuffer buffer) throws IOException {
    buffer.clear();
    if (channel == null && !open()) {
      fromEnd = false;
      return Look.MISSING;
    }
    FileChannel file = Objects.requireNonNull(channel);
    if (file.size() < file.position()) {
      file.position(0);
      return Look.NEW_FILE;
    }
    if (file.read(buffer) > 0) {
      replacedBefore = false;
      return Look.DATA;
    }
    return look();
  }

  private Look look() throws IOException {
    if (!isReplaced()) {
      replacedBefore = false;
      return Look.QUIET;
    }
    if (!replacedBefore) {
      replacedBefore = true;
      return Look.QUIET;
    }
    close();
    return Look.NEW_FILE;
  }

  private boolean isReplaced() throws IOException {
    try {
      return !Objects.equals(keyOfPath(), fileKey);
    } catch (NoSuchFileException renamed) {
      return false;
    }
  }

  /** Opens the file; its key is read before and after, lest a rename between mixes two files. */
  private boolean open() throws IOException {
    while (true) {
      try {
        Object before = keyOfPath();
        FileChannel opened = FileChannel.open(path, StandardOpenOption.READ);
        if (!Objects.equals(before, keyOfPath())) {
          opened.close();
          continue;
        }
        opened.position(fromEnd ? opened.size() : 0);
        fromEnd = false;
        channel = opened;
        fileKey = before;
        replacedBefore = false;
        return true;
      } catch (NoSuchFileException e) {
        return false;
      }
    }
  }

  private @Nullable Object keyOfPath() throws IOException {
    return Files.readAttributes(path, BasicFileAttributes.class).fileKey();
  }

  @Override
  public void close() throws IOException {
    if (channel != null) {
      channel.close();
      channel = null;
    }
  }
}
