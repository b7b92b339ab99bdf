package io.lodge.receive;

import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.logs.data.LogRecordData;
import io.opentelemetry.sdk.logs.export.LogRecordExporter;
import java.util.Collection;

/** Remembers whether any export failed: processors do not tell. */
record WatchedExporter(LogRecordExporter to, boolean[] success) implements LogRecordExporter {

  @Override
  public CompletableResultCode export(Collection<LogRecordData> logs) {
    CompletableResultCode result = to.export(logs);
    result.whenComplete(() -> success[0] &= result.isSuccess());
    return result;
  }

  @Override
  public CompletableResultCode flush() {
    return to.flush();
  }

  @Override
  public CompletableResultCode shutdown() {
    return to.shutdown();
  }
}
