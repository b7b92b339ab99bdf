package io.lodge.journal;

import java.util.Random;

class SimulatedDiskTest extends DiskContract {
  @Override
  Disk disk() {
    return new SimulatedDisk(new Random(1));
  }
}
