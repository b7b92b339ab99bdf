package io.lodge.decode.ledger;

import io.lodge.decode.BodyDecoder;
import io.lodge.decode.Decoded;
import io.lodge.decode.Decompressor.Body;
import io.lodge.decode.MalformedPayloadException;
import io.lodge.lane.Lanes;
import io.lodge.model.Payload;
import java.io.IOException;
import java.util.List;

/** Reads receipts, each a row of the delivery ledger. */
public final class LedgerReceipts implements BodyDecoder {

  @Override
  public void decode(Body body, Payload payload, Lanes lanes, Decoded decoded)
      throws MalformedPayloadException {
    List<Receipt> receipts;
    try {
      receipts = ReceiptsBody.read(body.bytes(), body.offset(), body.length());
    } catch (IOException e) {
      throw new MalformedPayloadException(0, "unexpected receipts: " + e.getMessage());
    }
    receipts.forEach(receipt ->
        lanes
            .ledger()
            .put(receipt.side(), receipt.gateway(), "", receipt.entry(), receipt.reason()));
  }
}
