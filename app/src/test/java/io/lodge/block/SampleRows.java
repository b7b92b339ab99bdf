package io.lodge.block;

import java.util.SplittableRandom;

/** The cases that blocks get wrong, by name. */
enum SampleRows {
  NONE {
    @Override
    void addTo(SampleColumns columns) {}
  },
  EMPTY_MAPS_EVERYWHERE {
    @Override
    void addTo(SampleColumns columns) {
      for (int i = 0; i < 1000; i++) {
        columns.add(i, i & 0xFF, "row " + i, "w");
      }
    }
  },
  EVERYTHING_EMPTY {
    @Override
    void addTo(SampleColumns columns) {
      for (int i = 0; i < 300; i++) {
        columns.add(0, 0, "", "", "", "");
      }
    }
  },
  MAPS_WITH_DUPLICATE_KEYS {
    @Override
    void addTo(SampleColumns columns) {
      columns.add(1, 1, "a", "b", "k", "1", "k", "2", "", "x", "", "y");
      columns.add(2, 2, "a", "b");
      columns.add(3, 3, "a", "b", "k", "1");
    }
  },
  DICTIONARIES_AT_ONE_BYTE {
    @Override
    void addTo(SampleColumns columns) {
      distinct(columns, 255);
    }
  },
  DICTIONARIES_OVER_ONE_BYTE {
    @Override
    void addTo(SampleColumns columns) {
      distinct(columns, 256);
    }
  },
  DICTIONARIES_AT_TWO_BYTES {
    @Override
    void addTo(SampleColumns columns) {
      distinct(columns, 65_535);
    }
  },
  DICTIONARIES_OVER_TWO_BYTES {
    @Override
    void addTo(SampleColumns columns) {
      distinct(columns, 70_000);
    }
  },
  BYTES_THAT_ARE_NOT_UTF8 {
    @Override
    void addTo(SampleColumns columns) {
      String bytes = "\u0000\u00FF\u00C0\u0080 \u00ED\u00A0\u0080";
      columns.add(-1, 255, bytes, bytes, bytes, bytes, "", bytes);
    }
  },
  LONG_BODIES {
    @Override
    void addTo(SampleColumns columns) {
      for (int length : new int[] {127, 128, 16_383, 16_384, 1 << 20, 0, 3 << 20}) {
        columns.add(length, 7, "x".repeat(length), "w", "k", "v".repeat(length / 10));
      }
      columns.add(0, 7, "", "w".repeat(1 << 20));
    }
  },
  RANDOM {
    @Override
    void addTo(SampleColumns columns) {
      randomRows(columns, 6, 5000);
    }
  };

  abstract void addTo(SampleColumns columns);

  /** Rows with as many distinct words, keys and values, after which the first come again. */
  private static void distinct(SampleColumns columns, int count) {
    for (int i = 0; i < count; i++) {
      columns.add(i, i & 0xFF, "t", "word " + i, "key " + i, "value " + i);
    }
    columns.add(0, 0, "t", "word 0", "key 1", "value 2", "key " + (count - 1), "");
  }

  static void randomRows(SampleColumns columns, long seed, int count) {
    var random = new SplittableRandom(seed);
    for (int i = 0; i < count; i++) {
      String[] entries = new String[2 * random.nextInt(6)];
      for (int entry = 0; entry < entries.length; entry++) {
        entries[entry] = "e".repeat(random.nextInt(20)) + random.nextInt(300);
      }
      String text = "t".repeat(random.nextInt(300));
      String word = "w".repeat(random.nextInt(40)) + random.nextInt(20);
      columns.add(random.nextLong(), random.nextInt(256), text, word, entries);
    }
  }
}
