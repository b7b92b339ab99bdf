package io.lodge.api.ask;

import io.lodge.base.net.KeyCheck;
import io.lodge.query.run.Execution;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/** Of a gateway that sends nothing again. */
public final class IdleDesk implements LetterDesk {
  @Override
  public KeyCheck keys() {
    return presented -> presented.equals("ingest") ? Optional.of("acme") : Optional.empty();
  }

  @Override
  public Shown show(String kind, byte[] record) {
    return new Shown(Form.TEXT, new String(record, StandardCharsets.UTF_8));
  }

  @Override
  public Report replay(Execution execution, Order order) {
    return new Report(0, List.of(), Optional.empty());
  }
}
