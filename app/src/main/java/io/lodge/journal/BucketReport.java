package io.lodge.journal;

import io.lodge.bucket.Bucket;
import io.lodge.bucket.BucketFault;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What gateways have in a bucket.
 *
 * @param gateways by number
 */
public record BucketReport(List<Gateway> gateways) {

  /**
   * One of them.
   *
   * @param number as {@code lodge journal adopt} takes it
   * @param lease empty: it has none, and nothing to deliver
   * @param segments oldest first
   * @param quarantined names of objects that were put aside
   */
  public record Gateway(
      String number,
      Optional<Lease> lease,
      List<SegmentInBucket> segments,
      List<String> quarantined) {}

  /** Looks at all of the bucket and changes nothing. */
  public static BucketReport of(Bucket bucket) throws BucketFault {
    Map<Integer, List<SegmentInBucket>> segments = new TreeMap<>();
    Map<Integer, List<String>> quarantined = new TreeMap<>();
    Map<Integer, Lease> leases = new TreeMap<>();
    bucket.list(
        BucketNames.SEGMENTS,
        object ->
            BucketNames.gatewayIn(object.name(), BucketNames.SEGMENTS)
                .ifPresent(gateway ->
                    BucketNames.idOf(object.name())
                        .ifPresent(id ->
                            segments
                                .computeIfAbsent(gateway, _ -> new ArrayList<>())
                                .add(
                                    new SegmentInBucket(
                                        gateway, id, object.sizeBytes(), object.modified())))));
    bucket.list(
        BucketNames.QUARANTINE,
        object ->
            BucketNames.gatewayIn(object.name(), BucketNames.QUARANTINE)
                .filter(gateway -> !object.name().endsWith(Names.REASON))
                .ifPresent(gateway ->
                    quarantined
                        .computeIfAbsent(gateway, _ -> new ArrayList<>())
                        .add(object.name())));
    for (Lease lease : new Leases(bucket).all()) {
      leases.put(lease.gateway(), lease);
    }
    return new BucketReport(gateways(segments, quarantined, leases));
  }

  private static List<Gateway> gateways(
      Map<Integer, List<SegmentInBucket>> segments,
      Map<Integer, List<String>> quarantined,
      Map<Integer, Lease> leases) {
    Map<String, Integer> numbers = new TreeMap<>();
    for (Map<Integer, ?> some : List.of(segments, quarantined, leases)) {
      some.keySet().forEach(gateway -> numbers.put(HexFormat.of().toHexDigits(gateway), gateway));
    }
    return numbers.entrySet().stream()
        .map(entry ->
            new Gateway(
                entry.getKey(),
                Optional.ofNullable(leases.get(entry.getValue())),
                segments.getOrDefault(entry.getValue(), List.of()),
                quarantined.getOrDefault(entry.getValue(), List.of())))
        .toList();
  }
}
