package io.lodge.engine;

import java.io.IOException;
import java.lang.foreign.AddressLayout;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * The child process: a tiny JVM that is ClickHouse. Its life hangs on its standard input, which the
 * parent holds: when that ends, because the parent stopped or died, the engine stops too.
 *
 * <p>Arguments: {@code library LIBCHDB CONFIG TABLES} or {@code binary CLICKHOUSE CONFIG}.
 */
public final class EngineHost {
  private static final AddressLayout POINTER = ValueLayout.ADDRESS;

  /**
   * Opens the listeners, then sleeps for ever: while this statement runs, the library is a server.
   */
  private static final String SERVE =
      "SYSTEM START LISTEN TCP; SYSTEM START LISTEN HTTP;"
          + " SELECT sleepEachRow(0.5) FROM system.numbers FORMAT Null"
          + " SETTINGS max_block_size = 1, max_threads = 1";

  /**
   * The library's own session is user {@code default}, who for everybody else reads within limits.
   * These two lift its profile for this one session: the command line is not bound by constraints.
   */
  private static final List<String> UNLIMITED = List.of("--readonly=0", "--max_execution_time=0");

  /** The configuration's own level is not heard: without this the log is filled with traces. */
  private static final String LOG_LEVEL = "--log-level=information";

  /** How long a full server may take to stop in order before it is killed. */
  private static final long BINARY_STOP_SECONDS = 20;

  /**
   * Has the kernel kill the server when this process is killed and can do nothing any more: an
   * orphan would keep the ports and the tables from the next start. Part of util-linux, which every
   * Debian has; elsewhere such an orphan must be stopped by hand. The signal follows the thread
   * that started the server, which is {@code main} and waits for it.
   */
  private static final Path SETPRIV = Path.of("/usr/bin/setpriv");

  private EngineHost() {}

  public static void main(String[] args) throws Throwable {
    leaveSession();
    switch (args[0]) {
      case "library" -> {
        // Orphaned: stop at once. Like a crash, that loses no whole insert, and the next start
        // finds its ports free. An orderly stop ends the statement first and mostly is done by
        // then.
        onceParentIsGone(() -> {});
        endProcess(runLibrary(args[1], args[2], args[3]));
      }
      case "binary" -> System.exit(runBinary(args[1], args[2]));
      default -> throw new IllegalArgumentException("unexpected mode; got " + args[0]);
    }
  }

  /**
   * Ends the process without Java's and C's tidying up. Even {@link Runtime#halt} runs the
   * library's destructors, under the feet of threads that are still inside it: it then crashes
   * while it stops.
   */
  @SuppressWarnings("restricted") // native calls are what this class is for
  private static void endProcess(int status) throws Throwable {
    System.out.flush();
    System.err.flush();
    Linker linker = Linker.nativeLinker();
    linker
        .downcallHandle(
            linker.defaultLookup().findOrThrow("_exit"),
            FunctionDescriptor.ofVoid(ValueLayout.JAVA_INT))
        .invokeExact(status);
  }

  @SuppressWarnings("restricted") // native calls are what this class is for
  private static int runLibrary(String library, String config, String tables) throws Throwable {
    List<String> line = new ArrayList<>(List.of("clickhouse", "--config-file=" + config));
    line.add(LOG_LEVEL);
    line.addAll(UNLIMITED);
    line.addAll(List.of("--path=" + tables, "--query", SERVE));
    Arena arena = Arena.global();
    SymbolLookup symbols = SymbolLookup.libraryLookup(Path.of(library), arena);
    Linker linker = Linker.nativeLinker();
    // The JVM needs its own handlers: it uses SIGSEGV in the ordinary course of things.
    linker
        .downcallHandle(
            symbols.findOrThrow("chdb_set_signal_handlers_enabled"),
            FunctionDescriptor.ofVoid(ValueLayout.JAVA_INT))
        .invokeExact(0);
    MemorySegment argv = arena.allocate(POINTER, line.size() + 1);
    for (int i = 0; i < line.size(); i++) {
      argv.setAtIndex(POINTER, i, arena.allocateFrom(line.get(i)));
    }
    MemorySegment result =
        (MemorySegment)
            linker
                .downcallHandle(
                    symbols.findOrThrow("chdb_query_cmdline"),
                    FunctionDescriptor.of(POINTER, ValueLayout.JAVA_INT, POINTER))
                .invokeExact(line.size(), argv);
    return result.equals(MemorySegment.NULL) ? 1 : 0;
  }

  /**
   * Leaves the terminal's session, and with it its process group: Ctrl-C and a closing terminal
   * reach the parent alone, who decides when the engine stops. A server started here stays out of
   * it too.
   */
  @SuppressWarnings("restricted") // native calls are what this class is for
  private static void leaveSession() throws Throwable {
    Linker linker = Linker.nativeLinker();
    int session =
        (int)
            linker
                .downcallHandle(
                    linker.defaultLookup().findOrThrow("setsid"),
                    FunctionDescriptor.of(ValueLayout.JAVA_INT))
                .invokeExact();
    if (session < 0) {
      // Only a leader of a process group cannot: then no terminal counts it to its own group.
      System.err.println("the engine stays in its terminal's session");
    }
  }

  private static int runBinary(String binary, String config)
      throws IOException, InterruptedException {
    List<String> line = new ArrayList<>();
    if (Files.isExecutable(SETPRIV)) {
      line.addAll(List.of(SETPRIV.toString(), "--pdeathsig", "KILL", "--"));
    }
    line.addAll(List.of(binary, "server", "--config-file=" + config));
    Process server = new ProcessBuilder(line).inheritIO().start();
    onceParentIsGone(() -> stop(server));
    return server.waitFor();
  }

  private static void stop(Process server) throws InterruptedException {
    server.destroy();
    if (!server.waitFor(BINARY_STOP_SECONDS, TimeUnit.SECONDS)) {
      server.destroyForcibly();
    }
  }

  private interface Stop {
    void run() throws InterruptedException;
  }

  /** Runs {@code stop} and ends the process when standard input has ended. */
  private static void onceParentIsGone(Stop stop) {
    Thread.ofPlatform()
        .daemon()
        .name("parent-watch")
        .start(() -> {
          try {
            while (System.in.read() >= 0) {
              // The parent says nothing; it only holds the line.
            }
            stop.run();
          } catch (IOException | InterruptedException lost) {
            // The same as the end of the line.
          }
          try {
            endProcess(0);
          } catch (Throwable e) {
            Runtime.getRuntime().halt(1);
          }
        });
  }
}
