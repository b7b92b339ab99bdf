package io.lodge.decode.ledger;

import io.lodge.lane.LedgerCounts;
import io.lodge.lane.LedgerEntry;
import io.lodge.lane.LedgerSide;
import io.lodge.lane.LedgerSource;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Receipts as bytes: a version, how many there are, and the fields of each, one after the other.
 * Texts are in Java's modified UTF-8 behind two bytes of length; numbers are big-endian.
 */
public final class ReceiptsBody {
  private static final int VERSION = 1;

  private ReceiptsBody() {}

  public static byte[] write(List<Receipt> receipts) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(64 * receipts.size() + 16);
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      out.writeByte(VERSION);
      out.writeInt(receipts.size());
      for (Receipt receipt : receipts) {
        write(out, receipt);
      }
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    return bytes.toByteArray();
  }

  private static void write(DataOutputStream out, Receipt receipt) throws IOException {
    LedgerSource source = receipt.entry().source();
    LedgerCounts counts = receipt.entry().counts();
    out.writeUTF(receipt.side().label());
    out.writeUTF(receipt.gateway());
    out.writeInt(source.minute());
    out.writeUTF(source.tenant());
    out.writeUTF(source.protocol());
    out.writeUTF(source.service());
    out.writeUTF(source.table());
    out.writeUTF(receipt.reason());
    out.writeLong(counts.requests());
    out.writeLong(counts.records());
    out.writeLong(counts.deadLettered());
    out.writeLong(counts.dropped());
    out.writeLong(counts.rows());
    out.writeLong(counts.rowsLate());
    out.writeLong(counts.bytes());
  }

  /**
   * Reads what {@link #write} wrote.
   *
   * @throws IOException if these bytes are something else
   */
  static List<Receipt> read(byte[] body, int offset, int length) throws IOException {
    ByteArrayInputStream bytes = new ByteArrayInputStream(body, offset, length);
    DataInputStream in = new DataInputStream(bytes);
    int version = in.readByte();
    if (version != VERSION) {
      throw new IOException("unexpected version; got %d want %d".formatted(version, VERSION));
    }
    int count = in.readInt();
    List<Receipt> receipts = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      receipts.add(read(in));
    }
    if (in.read() >= 0) {
      throw new EOFException("unexpected bytes behind the last receipt");
    }
    return receipts;
  }

  private static Receipt read(DataInputStream in) throws IOException {
    LedgerSide side = side(in.readUTF());
    String gateway = in.readUTF();
    LedgerSource source =
        new LedgerSource(in.readInt(), in.readUTF(), in.readUTF(), in.readUTF(), in.readUTF());
    String reason = in.readUTF();
    LedgerCounts counts =
        new LedgerCounts(
            in.readLong(),
            in.readLong(),
            in.readLong(),
            in.readLong(),
            in.readLong(),
            in.readLong(),
            in.readLong());
    return new Receipt(side, gateway, new LedgerEntry(source, counts), reason);
  }

  private static LedgerSide side(String label) throws IOException {
    for (LedgerSide side : LedgerSide.values()) {
      if (side.label().equals(label)) {
        return side;
      }
    }
    throw new IOException("unexpected side; got " + label);
  }
}
