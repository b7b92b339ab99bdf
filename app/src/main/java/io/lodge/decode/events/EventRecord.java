package io.lodge.decode.events;

import io.lodge.decode.json.JsonFields;
import io.lodge.decode.rows.RuledRecord;
import io.lodge.route.Redaction;
import io.lodge.route.when.Field;
import io.lodge.route.when.Text;

/** The fields of an event as routing rules see and change them: all are attributes. */
final class EventRecord extends RuledRecord {
  private final JsonFields fields;
  private byte[] dataset = {};

  EventRecord(JsonFields fields) {
    super(fields.text(), fields.slices());
    this.fields = fields;
  }

  /** The dataset of the events from now on. */
  void dataset(byte[] name) {
    dataset = name;
  }

  @Override
  protected void point(Field field, byte[] body, Text into) {
    if (field == Field.DATASET) {
      into.set(dataset, 0, dataset.length);
    } else {
      into.setEmpty();
    }
  }

  @Override
  protected long number(Field field) {
    throw new IllegalArgumentException(field + " is no number of an event");
  }

  @Override
  protected int redactTexts(Redaction redaction, byte[] body) {
    return 0;
  }

  /** The field that says when it happened stays: it is a time, not a text. */
  @Override
  protected int redactAttributes(Redaction redaction, byte[] body) {
    int time = EventTime.find(fields);
    int growth = 0;
    for (int i = 0; i < attributes.count(); i++) {
      if (i != time) {
        growth += redactValue(redaction, attributes, i, body);
      }
    }
    return growth;
  }
}
