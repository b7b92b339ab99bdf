package io.lodge.lane;

import io.lodge.block.FixedColumn;
import io.lodge.block.LowCardinalityColumn;
import io.lodge.block.MapColumn;

/**
 * The columns of a lane that say where a row comes from: its resource and scope, its tenant, and
 * when it was received. They are the same for runs of rows, and have the same names in every lane.
 *
 * <p>Resource and scope attributes have LowCardinality values: they repeat on each row of a source,
 * so a row costs a byte or two per value instead of the text.
 */
public record SourceColumns(
    LowCardinalityColumn serviceName,
    LowCardinalityColumn resourceSchemaUrl,
    MapColumn<LowCardinalityColumn> resourceAttributes,
    FixedColumn resourceDropped,
    LowCardinalityColumn scopeSchemaUrl,
    LowCardinalityColumn scopeName,
    LowCardinalityColumn scopeVersion,
    MapColumn<LowCardinalityColumn> scopeAttributes,
    FixedColumn scopeDropped,
    LowCardinalityColumn tenant,
    FixedColumn receivedAt) {

  /** Adds them to a lane under construction. */
  static SourceColumns addTo(Lane lane) {
    return new SourceColumns(
        lane.add("ServiceName", new LowCardinalityColumn()),
        lane.add("ResourceSchemaUrl", new LowCardinalityColumn()),
        lane.add("ResourceAttributes", MapColumn.ofLowCardinality()),
        lane.add("ResourceDroppedAttributesCount", FixedColumn.uint32()),
        lane.add("ScopeSchemaUrl", new LowCardinalityColumn()),
        lane.add("ScopeName", new LowCardinalityColumn()),
        lane.add("ScopeVersion", new LowCardinalityColumn()),
        lane.add("ScopeAttributes", MapColumn.ofLowCardinality()),
        lane.add("ScopeDroppedAttributesCount", FixedColumn.uint32()),
        lane.add("Tenant", new LowCardinalityColumn()),
        lane.add("ReceivedAt", FixedColumn.dateTime64Nanos()));
  }
}
