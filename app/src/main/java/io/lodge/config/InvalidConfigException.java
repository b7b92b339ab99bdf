package io.lodge.config;

import java.util.List;
import java.util.stream.Collectors;

/** The configuration cannot be used. The message has one line per fault. */
public final class InvalidConfigException extends Exception {
  private static final long serialVersionUID = 1L;

  private final transient List<Fault> faults;

  /**
   * @param faults all that were found; at least one
   */
  public InvalidConfigException(List<Fault> faults) {
    super(
        "cannot use the configuration: "
            + (faults.size() == 1 ? "1 fault" : faults.size() + " faults")
            + faults.stream().map(fault -> "\n  " + fault).collect(Collectors.joining()));
    this.faults = List.copyOf(faults);
  }

  /** Every fault, in the order of the file; never empty. */
  public List<Fault> faults() {
    return faults;
  }
}
