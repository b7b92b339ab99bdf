package io.lodge.decode.loki;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.lodge.decode.wire.AttributeSlices;
import java.util.List;

/**
 * Labels that say where a stream comes from get OpenTelemetry's names, so that its logs are found
 * beside those that came over OTLP, in the columns {@code Namespace}, {@code PodName} and the rest.
 * Loki writes OpenTelemetry's names with underscores, for its labels have no dots; Promtail and
 * Alloy have short ones. All other labels stay as they are.
 */
final class SourceLabels {
  private record Name(byte[] label, byte[] attribute) {}

  private static final List<Name> NAMES =
      List.of(
          name("service_name", "service.name"),
          name("service_namespace", "service.namespace"),
          name("service_instance_id", "service.instance.id"),
          name("deployment_environment", "deployment.environment"),
          name("deployment_environment_name", "deployment.environment.name"),
          name("cloud_provider", "cloud.provider"),
          name("cloud_region", "cloud.region"),
          name("cloud_availability_zone", "cloud.availability_zone"),
          name("host_name", "host.name"),
          name("k8s_cluster_name", "k8s.cluster.name"),
          name("k8s_namespace_name", "k8s.namespace.name"),
          name("k8s_node_name", "k8s.node.name"),
          name("k8s_pod_name", "k8s.pod.name"),
          name("k8s_container_name", "k8s.container.name"),
          name("k8s_deployment_name", "k8s.deployment.name"),
          name("k8s_statefulset_name", "k8s.statefulset.name"),
          name("k8s_daemonset_name", "k8s.daemonset.name"),
          name("k8s_job_name", "k8s.job.name"),
          name("k8s_cronjob_name", "k8s.cronjob.name"),
          name("cluster", "k8s.cluster.name"),
          name("namespace", "k8s.namespace.name"),
          name("node_name", "k8s.node.name"),
          name("pod", "k8s.pod.name"),
          name("container", "k8s.container.name"));

  private static Name name(String label, String attribute) {
    return new Name(label.getBytes(US_ASCII), attribute.getBytes(US_ASCII));
  }

  private SourceLabels() {}

  /** Renames the stream's labels in place; of two for one attribute the longer name wins. */
  static void rename(PushedStream stream, byte[] body) {
    AttributeSlices labels = stream.labels;
    for (Name name : NAMES) {
      int label = find(labels, body, name.label);
      if (label >= 0 && find(labels, body, name.attribute) < 0) {
        int at = stream.text.length();
        stream.text.putBytes(name.attribute, 0, name.attribute.length);
        labels.setKey(label, ~at, name.attribute.length);
      }
    }
  }

  private static int find(AttributeSlices labels, byte[] body, byte[] name) {
    for (int i = 0; i < labels.count(); i++) {
      int at = labels.keyAt(i);
      if (Words.equal(
          labels.source(body, at), AttributeSlices.index(at), labels.keyLength(i), name)) {
        return i;
      }
    }
    return -1;
  }
}
