package io.lodge.simulation;

import static java.util.Objects.requireNonNull;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.LongFunction;
import javax.tools.DiagnosticCollector;
import javax.tools.FileObject;
import javax.tools.ForwardingJavaFileManager;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileManager;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.jspecify.annotations.Nullable;

/**
 * The product and the simulation once more, with one source changed: compiled in memory, and loaded
 * beside the classes of everybody else.
 */
final class MutatedProduct extends ClassLoader {
  private static final Path SOURCES = Path.of("src/main/java/io/lodge");

  private final Map<String, byte[]> changed;

  private MutatedProduct(Map<String, byte[]> changed) {
    super(MutatedProduct.class.getClassLoader());
    this.changed = changed;
  }

  /** The product as it is, loaded in the same way. */
  static MutatedProduct unchanged() {
    return new MutatedProduct(Map.of());
  }

  /**
   * @throws AssertionError if the text to be changed does not stand there once
   */
  static MutatedProduct with(Mutation mutation) throws IOException {
    String source = Files.readString(SOURCES.resolve(mutation.source() + ".java"));
    int at = source.indexOf(mutation.text());
    if (at < 0 || source.indexOf(mutation.text(), at + 1) >= 0) {
      throw new AssertionError(
          "cannot put the bug %s into %s: its text is not there once; write it anew in Mutation"
              .formatted(mutation, mutation.source()));
    }
    return new MutatedProduct(
        compile(mutation.source(), source.replace(mutation.text(), mutation.replacement())));
  }

  /** Runs a seed: empty, or the promise that was broken and how. */
  LongFunction<String> trial() {
    try {
      Class<?> trial = loadClass(Trial.class.getName());
      @SuppressWarnings("unchecked") // Trial is one
      LongFunction<String> made = (LongFunction<String>) trial.getConstructor().newInstance();
      return made;
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("cannot load the simulation again", e);
    }
  }

  @Override
  protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
    if (!name.startsWith("io.lodge.")) {
      return super.loadClass(name, resolve);
    }
    synchronized (getClassLoadingLock(name)) {
      Class<?> loaded = findLoadedClass(name);
      return loaded == null ? define(name) : loaded;
    }
  }

  private Class<?> define(String name) throws ClassNotFoundException {
    byte[] bytes = changed.get(name);
    if (bytes != null) {
      return defineClass(name, bytes, 0, bytes.length);
    }
    try (InputStream in = getResourceAsStream(name.replace('.', '/') + ".class")) {
      if (in == null) {
        throw new ClassNotFoundException(name);
      }
      byte[] read = in.readAllBytes();
      return defineClass(name, read, 0, read.length);
    } catch (IOException e) {
      throw new ClassNotFoundException(name, e);
    }
  }

  private static Map<String, byte[]> compile(String name, String text) {
    JavaCompiler compiler = requireNonNull(ToolProvider.getSystemJavaCompiler());
    DiagnosticCollector<JavaFileObject> faults = new DiagnosticCollector<>();
    StandardJavaFileManager files = compiler.getStandardFileManager(faults, Locale.ROOT, null);
    Memory memory = new Memory(files);
    List<String> options =
        List.of("-proc:none", "-nowarn", "-Xlint:none", "-parameters", "-cp", classPath());
    boolean compiled =
        compiler
            .getTask(null, memory, faults, options, null, List.of(new Source(name, text)))
            .call();
    if (!compiled) {
      throw new AssertionError(
          "cannot compile the changed " + name + ": " + faults.getDiagnostics());
    }
    Map<String, byte[]> classes = new HashMap<>();
    memory.written.forEach((of, out) -> classes.put(of, out.toByteArray()));
    return classes;
  }

  private static String classPath() {
    return System.getProperty(
        "surefire.test.class.path", System.getProperty("java.class.path", ""));
  }

  private static final class Source extends SimpleJavaFileObject {
    private final String text;

    Source(String name, String text) {
      super(URI.create("string:///io/lodge/" + name + Kind.SOURCE.extension), Kind.SOURCE);
      this.text = text;
    }

    @Override
    public CharSequence getCharContent(boolean ignoreEncodingErrors) {
      return text;
    }
  }

  /** Keeps what is compiled. */
  private static final class Memory extends ForwardingJavaFileManager<StandardJavaFileManager> {
    private final Map<String, ByteArrayOutputStream> written = new HashMap<>();

    Memory(StandardJavaFileManager files) {
      super(files);
    }

    @Override
    public JavaFileObject getJavaFileForOutput(
        JavaFileManager.Location location,
        String className,
        JavaFileObject.Kind kind,
        @Nullable FileObject sibling) {
      return new SimpleJavaFileObject(URI.create("memory:///" + className), kind) {
        @Override
        public OutputStream openOutputStream() {
          ByteArrayOutputStream out = new ByteArrayOutputStream();
          written.put(className, out);
          return out;
        }
      };
    }
  }
}
