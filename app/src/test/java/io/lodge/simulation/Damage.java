package io.lodge.simulation;

import io.lodge.journal.SimulatedDisk;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What happens to the gateway's disk, and to the gateway: one fault a step, now and then. */
final class Damage implements World.Actor {
  private final World world;
  private final SimulatedDisk disk;
  private final SimulatedClickHouse clickHouse;

  /** Whether this seed damages what is on the disk; others find nothing in quarantine. */
  private final boolean damages;

  /** Whether such a seed has more than bits that turn over. */
  private final boolean readsToo;

  private boolean healed;
  private @Nullable Gateway gateway;
  private boolean readsFail;

  Damage(World world, SimulatedDisk disk, SimulatedClickHouse clickHouse) {
    this.world = world;
    this.disk = disk;
    this.clickHouse = clickHouse;
    damages = world.oneIn(4);
    readsToo = world.oneIn(2);
  }

  /** How the life that begins now may end, beside by a stop. */
  void planEnd() {
    if (world.oneIn(2)) {
      disk.losePowerAfter(world.random().nextInt(world.oneIn(3) ? 30 : 400));
    } else if (world.oneIn(4)) {
      world.count(Fault.FSYNC_FAILS);
      disk.failForceAfter(world.random().nextInt(60));
    } else if (world.oneIn(4)) {
      world.count(Fault.WRITE_FAILS);
      disk.failAppendAfter(world.random().nextInt(80));
    }
  }

  void use(Gateway next) {
    gateway = next;
  }

  void heal() {
    healed = true;
    disk.capacity(Long.MAX_VALUE);
    disk.failReads(false);
  }

  @Override
  public String name() {
    return "damage";
  }

  @Override
  public boolean isReady() {
    return !healed && world.oneIn(4);
  }

  @Override
  public void step() {
    switch (world.between(0, 11)) {
      case 0 -> {
        if (gateway != null && gateway.isUp() && world.oneIn(8)) {
          gateway.die();
        }
      }
      case 1 -> {
        if (world.oneIn(4)) {
          world.count(Fault.DISK_FULL);
          disk.capacity(disk.usedBytes() + world.random().nextInt(4000));
        }
      }
      case 2, 3 -> disk.capacity(Long.MAX_VALUE);
      case 4 -> {
        if (damages && world.oneIn(2)) {
          flip();
        }
      }
      case 5 -> {
        if (damages && readsToo && world.oneIn(6)) {
          unreadable();
        }
      }
      case 6 -> {
        if (damages && readsToo && world.oneIn(6)) {
          world.count(Fault.READ_FAILS);
          clickHouse.excuseOtherBlocks();
          readsFail = true;
          disk.failReads(true);
        }
      }
      default -> {
        if (readsFail) {
          readsFail = false;
          disk.failReads(false);
        }
      }
    }
  }

  private List<String> files() {
    return disk.list("").stream()
        .filter(name ->
            name.endsWith(".closed")
                || name.endsWith(".fetched")
                || name.endsWith(".open")
                || name.endsWith(".rules"))
        .filter(name -> disk.bytes(name).length > 0)
        .toList();
  }

  private void flip() {
    if (!files().isEmpty()) {
      String name = world.oneOf(files());
      world.count(name.endsWith(".rules") ? Fault.RULES_DAMAGED : Fault.BIT_FLIP);
      clickHouse.excuseOtherBlocks();
      int at = world.random().nextInt(disk.bytes(name).length);
      world.note("  a bit of %s at %d", name, at);
      disk.flip(name, at, world.random().nextInt(8));
    }
  }

  private void unreadable() {
    if (!files().isEmpty()) {
      world.count(Fault.UNREADABLE_SECTOR);
      clickHouse.excuseOtherBlocks();
      String name = world.oneOf(files());
      int at = world.random().nextInt(disk.bytes(name).length) / 64 * 64;
      world.note("  bytes of %s from %d", name, at);
      disk.makeUnreadable(name, at, at + 64);
    }
  }
}
