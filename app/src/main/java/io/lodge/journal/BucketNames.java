package io.lodge.journal;

import java.util.HexFormat;
import java.util.Optional;

/** Names of the objects that gateways keep in a bucket; docs/formats/journal.md has the picture. */
final class BucketNames {
  static final String SEGMENTS = "segments/";
  static final String RULES = "rules/";
  static final String LEASES = "leases/";
  static final String QUARANTINE = "quarantine/";

  /** Below it, for each gateway, the gateways that it adopted. */
  static final String ADOPTED = "adopted/";

  private BucketNames() {}

  static String gateway(int gateway) {
    return HexFormat.of().toHexDigits(gateway);
  }

  /** What the names of a gateway's segments begin with. */
  static String segments(int gateway) {
    return SEGMENTS + gateway(gateway) + "/";
  }

  static String segment(int gateway, SegmentId id) {
    return segments(gateway) + id + Names.CLOSED;
  }

  /** What the names of a gateway's segments that were put aside begin with. */
  static String quarantined(int gateway) {
    return QUARANTINE + gateway(gateway) + "/";
  }

  static String quarantined(int gateway, SegmentId id) {
    return quarantined(gateway) + id + Names.CLOSED;
  }

  static String rules(RulesId id) {
    return RULES + id.hex() + Names.RULES;
  }

  /** What the names of a gateway's leases begin with. */
  static String leases(int gateway) {
    return LEASES + gateway(gateway) + "/";
  }

  static String lease(int gateway, long number) {
    return leases(gateway) + HexFormat.of().toHexDigits(number);
  }

  /** The segment whose object has this name, below the name of its gateway. */
  static Optional<SegmentId> idOf(String name) {
    return Names.idOf(name.substring(name.lastIndexOf('/') + 1), Names.CLOSED);
  }

  static String adopted(int by) {
    return ADOPTED + gateway(by) + "/";
  }

  /** The gateway that comes next in a name that begins so. */
  static Optional<Integer> gatewayIn(String name, String prefix) {
    return gatewayOf(name.substring(prefix.length()).split("/", -1)[0]);
  }

  /** The gateway that a name of eight hexadecimal digits is. */
  static Optional<Integer> gatewayOf(String text) {
    try {
      return text.length() == 8 ? Optional.of(HexFormat.fromHexDigits(text)) : Optional.empty();
    } catch (IllegalArgumentException notHex) {
      return Optional.empty();
    }
  }
}
