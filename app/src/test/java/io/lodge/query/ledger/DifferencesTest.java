package io.lodge.query.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class DifferencesTest {
  private final Differences differences = new Differences();

  private static Cell cell(String gateway, String service) {
    return new Cell(7, gateway, "acme", "otlp-logs-json", service, "otel.generic_logs");
  }

  private static Amount records(long records) {
    return new Amount(0, records, 0, 0, 0);
  }

  private List<String> judged(Map<Cell, Amount> handedOver, Set<Integer> moving) {
    OwnAccount account =
        new OwnAccount(
            Set.of("own"),
            Map.of(),
            Map.of(),
            handedOver,
            Map.of(),
            List.of(),
            Optional.empty(),
            0,
            0,
            0,
            0,
            0,
            0,
            0,
            0);
    List<String> judged = new ArrayList<>();
    differences.judge(
        account,
        moving,
        (cell, unreceipted, elsewhere, missing) ->
            judged.add(
                "%s %s unreceipted %d elsewhere %d missing %d"
                    .formatted(
                        cell.gateway(),
                        cell.service(),
                        unreceipted.records(),
                        elsewhere.records(),
                        missing.records())));
    judged.sort(null);
    return judged;
  }

  @Test
  void areMissingHereAndElsewhereForOthers() {
    differences.add(cell("own", "shop"), records(3));
    differences.add(cell("other", "shop"), records(5));
    differences.add(cell("own", "cart"), records(-2));
    assertThat(judged(Map.of(), Set.of()))
        .containsExactly(
            "other shop unreceipted 0 elsewhere 5 missing 0",
            "own cart unreceipted 2 elsewhere 0 missing 0",
            "own shop unreceipted 0 elsewhere 0 missing 3");
    assertThat(judged(Map.of(), Set.of(7))).as("a minute that moves").isEmpty();
  }

  @Test
  void areElsewhereAsFarAsAnotherGatewayHasThem() {
    differences.add(cell("own", "shop"), records(10));
    assertThat(judged(Map.of(cell("own", "shop"), records(8)), Set.of()))
        .containsExactly("own shop unreceipted 0 elsewhere 8 missing 2");
  }

  @Test
  void areNoneWhereThatGatewayHasStoredThem() {
    differences.add(cell("own", "shop"), records(0));
    assertThat(judged(Map.of(cell("own", "shop"), records(8)), Set.of())).isEmpty();
  }

  /** What is in flight may be counted without services, and receipts with them. */
  @Test
  void areOfAllServicesWhereOneSideDoesNotTellThemApart() {
    differences.add(cell("own", "shop"), records(6));
    differences.add(cell("own", "cart"), records(4));
    differences.add(cell("own", Cell.OTHER), records(-10));
    assertThat(judged(Map.of(), Set.of())).isEmpty();
    differences.add(cell("own", "cart"), records(1));
    assertThat(judged(Map.of(), Set.of()))
        .containsExactly("own (other) unreceipted 0 elsewhere 0 missing 1");
  }

  @Test
  void areElsewhereAlsoWhereThatGatewaysAreCountedWithoutServices() {
    differences.add(cell("own", "shop"), records(10));
    assertThat(judged(Map.of(cell("own", Cell.OTHER), records(10)), Set.of()))
        .containsExactly("own (other) unreceipted 0 elsewhere 10 missing 0");
  }
}
