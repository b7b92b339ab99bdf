package io.lodge;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.util.Optional;

/**
 * Asks libc whether standard output is a terminal. {@code System.console()} answers for input and
 * output together, which is wrong for {@code echo … | lodge sql}.
 */
final class Tty {
  private static final int STANDARD_OUTPUT = 1;

  private Tty() {}

  @SuppressWarnings("restricted") // isatty(int) takes and returns an int: nothing can be corrupted
  static boolean isStandardOutput() {
    Linker linker = Linker.nativeLinker();
    Optional<MemorySegment> isatty = linker.defaultLookup().find("isatty");
    if (isatty.isEmpty()) {
      return false;
    }
    MethodHandle call =
        linker.downcallHandle(
            isatty.get(), FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_INT));
    try {
      return (int) call.invokeExact(STANDARD_OUTPUT) == 1;
    } catch (Throwable impossible) {
      throw new IllegalStateException("isatty does not throw", impossible);
    }
  }
}
