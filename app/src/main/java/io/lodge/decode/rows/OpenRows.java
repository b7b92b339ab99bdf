package io.lodge.decode.rows;

import io.lodge.block.LowCardinalityColumn;
import io.lodge.decode.wire.AttributeSlices;
import io.lodge.decode.wire.SourceContext;
import io.lodge.lane.SourceColumns;

/**
 * The latest rows of one lane, which lack the columns of their scope and resource until these end:
 * their fields may come behind the records, and filling a run costs a fraction of appending row by
 * row.
 */
public final class OpenRows {
  private final SourceColumns columns;
  private final SourceContext context;
  private int inScope;
  private int inResource;

  public OpenRows(SourceColumns columns, SourceContext context) {
    this.columns = columns;
    this.context = context;
  }

  /** A row has got the columns of its own. */
  public void add() {
    inScope++;
  }

  /** Rows of the present scope. */
  public int inScope() {
    return inScope;
  }

  /** Rows of the present resource, without those of a scope that has not ended. */
  public int inResource() {
    return inResource;
  }

  /** Appends the scope's columns for its rows. */
  public void endScope(SourceFields scope, byte[] body) {
    int rows = inScope;
    inScope = 0;
    inResource += rows;
    if (rows == 0) {
      return;
    }
    put(columns.scopeName(), body, scope, scope.nameAt, scope.nameLength, rows);
    put(columns.scopeVersion(), body, scope, scope.versionAt, scope.versionLength, rows);
    put(columns.scopeSchemaUrl(), body, scope, scope.schemaUrlAt, scope.schemaUrlLength, rows);
    context.set(columns.scopeAttributes(), scope.attributes, body);
    context.putRows(columns.scopeAttributes(), rows);
    columns.scopeDropped().fillInts(scope.droppedAttributes, rows);
  }

  /** Appends the resource's columns for its rows. */
  public void endResource(
      SourceFields resource, byte[] body, byte[] tenant, long receivedUnixNanos) {
    int rows = inResource;
    inResource = 0;
    if (rows == 0) {
      return;
    }
    putService(columns.serviceName(), body, resource, rows);
    put(
        columns.resourceSchemaUrl(),
        body,
        resource,
        resource.schemaUrlAt,
        resource.schemaUrlLength,
        rows);
    context.set(columns.resourceAttributes(), resource.attributes, body);
    context.putRows(columns.resourceAttributes(), rows);
    columns.resourceDropped().fillInts(resource.droppedAttributes, rows);
    columns.tenant().putKey(columns.tenant().keyOf(tenant, 0, tenant.length), rows);
    columns.receivedAt().fillLongs(receivedUnixNanos, rows);
  }

  /** Appends the resource's service. */
  static void putService(
      LowCardinalityColumn column, byte[] body, SourceFields resource, int rows) {
    put(column, body, resource, resource.serviceAt, resource.serviceLength, rows);
  }

  private static void put(
      LowCardinalityColumn column, byte[] body, SourceFields from, int at, int length, int rows) {
    int key = column.keyOf(from.attributes.source(body, at), AttributeSlices.index(at), length);
    column.putKey(key, rows);
  }
}
