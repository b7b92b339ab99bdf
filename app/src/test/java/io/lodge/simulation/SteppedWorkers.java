package io.lodge.simulation;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

/** A pool of threads without threads: each of its workers is an actor that takes a task a step. */
final class SteppedWorkers extends AbstractExecutorService {
  private final World world;
  private final List<Worker> workers;
  private final Queue<Runnable> queue = new ArrayDeque<>();
  private int running;
  private boolean shutdown;

  SteppedWorkers(World world, String name, int size) {
    this.world = world;
    workers = IntStream.range(0, size).mapToObj(i -> new Worker(name + i)).toList();
    workers.forEach(world::add);
  }

  private final class Worker implements World.Actor {
    private final String name;

    Worker(String name) {
      this.name = name;
    }

    @Override
    public String name() {
      return name;
    }

    @Override
    public boolean isReady() {
      return !queue.isEmpty();
    }

    @Override
    public void step() {
      running++;
      try {
        queue.remove().run();
      } finally {
        running--;
      }
    }
  }

  boolean isIdle() {
    return queue.isEmpty() && running == 0;
  }

  /** The process that had these is gone. */
  void leave() {
    workers.forEach(world::remove);
  }

  @Override
  public void execute(Runnable task) {
    if (shutdown) {
      throw new RejectedExecutionException();
    }
    queue.add(task);
  }

  @Override
  public void shutdown() {
    shutdown = true;
  }

  @Override
  public List<Runnable> shutdownNow() {
    shutdown = true;
    List<Runnable> left = List.copyOf(queue);
    queue.clear();
    return left;
  }

  @Override
  public boolean isShutdown() {
    return shutdown;
  }

  @Override
  public boolean isTerminated() {
    return shutdown && isIdle();
  }

  @Override
  public boolean awaitTermination(long timeout, TimeUnit unit) throws InterruptedException {
    long end = world.nanoTime() + unit.toNanos(timeout);
    while (!isTerminated() && !world.isDead() && world.nanoTime() < end) {
      if (!world.step()) {
        world.pass(Duration.ofMillis(10));
      }
    }
    return isTerminated();
  }
}
