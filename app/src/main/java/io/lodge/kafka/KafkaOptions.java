package io.lodge.kafka;

import io.lodge.model.PayloadKind;
import java.util.List;
import java.util.Map;

/**
 * One source.
 *
 * @param name for people, metrics and the folder of its journal
 * @param brokers {@code host:port,host:port}
 * @param topics all of one kind
 * @param group the consumer group; all gateways of one Lodge share it
 * @param kind what a record's value is
 * @param tenant whose data it is
 * @param fromEarliest where to begin in a partition that the group has never read
 * @param properties of the client beyond these, such as for TLS and SASL; secrets are among them
 */
public record KafkaOptions(
    String name,
    String brokers,
    List<String> topics,
    String group,
    PayloadKind kind,
    String tenant,
    boolean fromEarliest,
    Map<String, String> properties) {

  /** Without properties, which may hold secrets. */
  @Override
  public String toString() {
    return "kafka source " + name + " of " + topics + " at " + brokers;
  }
}
