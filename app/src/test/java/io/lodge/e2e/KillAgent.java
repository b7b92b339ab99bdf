package io.lodge.e2e;

import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassFile.ClassHierarchyResolverOption;
import java.lang.classfile.ClassHierarchyResolver;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.CodeElement;
import java.lang.classfile.CodeTransform;
import java.lang.classfile.instruction.ReturnInstruction;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.lang.instrument.ClassFileTransformer;
import java.lang.instrument.Instrumentation;
import java.security.ProtectionDomain;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Ends the process it is loaded into, as kill -9 would, when a named method has been entered, or
 * left, so many times. An agent, so that the product itself knows nothing of it.
 *
 * <p>Its argument is {@code class#method:before|after:times}.
 */
public final class KillAgent {
  /** What a shell says of a process that was killed. */
  static final int EXIT_CODE = 137;

  private static final Pattern ARGUMENT = Pattern.compile("(.+)#(.+):(before|after):(\\d+)");
  private static final MethodTypeDesc NOTHING = MethodTypeDesc.of(ConstantDescs.CD_void);
  private static final ClassDesc HERE = ClassDesc.of(KillAgent.class.getName());

  /** Of the one process that it is for. */
  private static final AtomicInteger LEFT = new AtomicInteger();

  private KillAgent() {}

  /** Called by the JVM before {@code main}. */
  public static void premain(String argument, Instrumentation instrumentation) {
    Matcher parts = ARGUMENT.matcher(argument);
    if (!parts.matches()) {
      throw new IllegalArgumentException("unexpected argument; got " + argument);
    }
    LEFT.set(Integer.parseInt(parts.group(4)));
    instrumentation.addTransformer(
        new Rewriting(
            parts.group(1).replace('.', '/'), parts.group(2), parts.group(3).equals("before")));
  }

  /** Called from the method's code. Nothing is tidied up: no shutdown hook runs. */
  public static void reached() {
    if (LEFT.decrementAndGet() == 0) {
      Runtime.getRuntime().halt(EXIT_CODE);
    }
  }

  private record Rewriting(String className, String method, boolean before)
      implements ClassFileTransformer {
    @Override
    public byte @Nullable [] transform(
        ClassLoader loader,
        String name,
        @Nullable Class<?> redefined,
        ProtectionDomain domain,
        byte[] bytes) {
      if (!className.equals(name)) {
        return null;
      }
      ClassFile classFile =
          ClassFile.of(
              ClassHierarchyResolverOption.of(
                  ClassHierarchyResolver.ofResourceParsing(loader)
                      .orElse(ClassHierarchyResolver.defaultResolver())));
      return classFile.transformClass(
          classFile.parse(bytes),
          ClassTransform.transformingMethodBodies(
              it -> it.methodName().equalsString(method), before ? new Entering() : new Leaving()));
    }
  }

  private static void call(CodeBuilder code) {
    code.invokestatic(HERE, "reached", NOTHING);
  }

  private record Entering() implements CodeTransform {
    @Override
    public void atStart(CodeBuilder code) {
      call(code);
    }

    @Override
    public void accept(CodeBuilder code, CodeElement element) {
      code.with(element);
    }
  }

  private record Leaving() implements CodeTransform {
    @Override
    public void accept(CodeBuilder code, CodeElement element) {
      if (element instanceof ReturnInstruction) {
        call(code);
      }
      code.with(element);
    }
  }
}
