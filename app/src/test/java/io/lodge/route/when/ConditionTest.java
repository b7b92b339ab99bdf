package io.lodge.route.when;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cel.common.types.MapType;
import dev.cel.common.types.SimpleType;
import dev.cel.compiler.CelCompiler;
import dev.cel.compiler.CelCompilerBuilder;
import dev.cel.compiler.CelCompilerFactory;
import dev.cel.parser.CelStandardMacro;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelRuntime;
import dev.cel.runtime.CelRuntimeFactory;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Conditions say what CEL's own runtime says. */
class ConditionTest {
  private static final List<String> CONDITIONS =
      List.of(
          "true",
          "record.body == 'a' && record.severity_number < 9",
          "record.body != scope.name || record.severity_number >= 17",
          "!(record.body < 'b') ? record.severity_number == 9 : record.flags != 1",
          "record.severity_text in ['INFO', 'WARN', 'é']",
          "record.severity_number in [1, 9, 17]",
          "record.body.startsWith('a') && resource.attributes['k'].endsWith('z')",
          "record.body.contains('é') || record.body.contains('')",
          "record.body.matches('^a+[bz]$')",
          "matches(resource.attributes['k'], 'a|é')",
          "size(record.body) > 1 && record.body.size() <= 3",
          "int(record.attributes['n']) >= 3",
          "double(record.attributes['n']) < 2.5",
          "int(record.attributes['n']) == 1 || record.body == 'a'",
          "int(record.attributes['n']) == 1 && record.body == 'a'",
          "record.body == 'a' ? int(record.attributes['n']) > 0 : tenant == 'default'",
          "'n' in record.attributes && has(resource.attributes.k)",
          "resource.attributes.k == record.attributes.n",
          "(record.body == 'a') == (scope.name == 'a')",
          "(record.body == 'a') != (scope.name == 'a')",
          "record.trace_id == '' && signal == 'logs'",
          "record.body <= 'é' && record.body >= 'a' || record.body > 'zz'");

  private static final List<String> TEXTS =
      List.of("", "a", "aab", "az", "é", "aé", "zz", "1", "3", "-7", "2.25", "INFO", "𝄞");

  private final CelCompiler oracleCompiler = oracleCompiler();
  private final CelRuntime oracle = CelRuntimeFactory.standardCelRuntimeBuilder().build();

  private static CelCompiler oracleCompiler() {
    CelCompilerBuilder builder =
        CelCompilerFactory.standardCelCompilerBuilder().setStandardMacros(CelStandardMacro.HAS);
    for (Field field : Field.values()) {
      builder.addVar(field.path(), field.isNumber() ? SimpleType.INT : SimpleType.STRING);
    }
    for (Attributes attributes : Attributes.values()) {
      builder.addVar(attributes.path(), MapType.create(SimpleType.STRING, SimpleType.STRING));
    }
    return builder.build();
  }

  /** A record of texts, as the oracle wants it. */
  private record Sample(Map<String, Object> values) implements Subject {
    private Object value(String path) {
      return requireNonNull(values.get(path));
    }

    @Override
    public void text(Field field, Text into) {
      set(into, (String) value(field.path()));
    }

    @Override
    public long number(Field field) {
      return (Long) value(field.path());
    }

    @Override
    public boolean attribute(Attributes of, byte[] key, Text into) {
      Object value = ((Map<?, ?>) value(of.path())).get(new String(key, StandardCharsets.UTF_8));
      if (value == null) {
        return false;
      }
      set(into, (String) value);
      return true;
    }

    private static void set(Text into, Object text) {
      byte[] bytes = ("xx" + text + "yy").getBytes(StandardCharsets.UTF_8);
      into.set(bytes, 2, bytes.length - 4);
    }
  }

  private static Sample sample(SplittableRandom random) {
    Map<String, Object> values = new HashMap<>();
    for (Field field : Field.values()) {
      values.put(field.path(), field.isNumber() ? (Object) (long) random.nextInt(20) : any(random));
    }
    values.put("signal", "logs");
    for (Attributes attributes : Attributes.values()) {
      values.put(attributes.path(), Map.of("k", any(random), "n", any(random)));
    }
    return new Sample(values);
  }

  private static String any(SplittableRandom random) {
    return TEXTS.get(random.nextInt(TEXTS.size()));
  }

  private static Truth test(Condition condition, Subject subject) {
    Evaluation in = new Evaluation(subject);
    Truth truth = Truth.TRUE;
    for (Level level : Level.values()) {
      truth = truth.and(condition.test(level, in));
    }
    return truth;
  }

  @Test
  void sayWhatCelSays() throws Exception {
    var random = new SplittableRandom(3);
    var compiler = new ConditionCompiler();
    List<Truth> seen = new ArrayList<>();
    for (String text : CONDITIONS) {
      Condition condition = compiler.compile(text);
      CelRuntime.Program program = oracle.createProgram(oracleCompiler.compile(text).getAst());
      for (int i = 0; i < 300; i++) {
        Sample sample = sample(random);
        Truth truth = test(condition, sample);
        assertThat(truth).as("%s of %s", text, sample).isEqualTo(oracle(program, sample.values));
        seen.add(truth);
      }
    }
    assertThat(seen).contains(Truth.values());
  }

  private static Truth oracle(CelRuntime.Program program, Map<String, Object> values) {
    try {
      return Truth.of((Boolean) program.eval(values));
    } catch (CelEvaluationException e) {
      return Truth.FAILED;
    }
  }

  @Test
  void anAbsentAttributeIsEmptyAsInClickHouse() throws BadConditionException {
    Subject bare = new Sample(Map.of("record.attributes", Map.of()));
    var compiler = new ConditionCompiler();
    assertThat(test(compiler.compile("record.attributes['x'] == ''"), bare)).isEqualTo(Truth.TRUE);
    assertThat(test(compiler.compile("'x' in record.attributes"), bare)).isEqualTo(Truth.FALSE);
    assertThat(test(compiler.compile("has(record.attributes.x)"), bare)).isEqualTo(Truth.FALSE);
  }

  @Test
  void eachConjunctIsTestedAtTheLevelItNeeds() throws BadConditionException {
    Condition condition =
        new ConditionCompiler()
            .compile(
                "signal == 'logs' && resource.attributes['a'] == 'b' && scope.name == 'c'"
                    + " && (resource.attributes['a'] == 'b' || scope.version == 'd')");
    assertThat(condition.asks(Level.REQUEST)).isTrue();
    assertThat(condition.asks(Level.RESOURCE)).isTrue();
    assertThat(condition.asks(Level.SCOPE)).isTrue();
    assertThat(condition.asks(Level.RECORD)).isFalse();
  }

  @Test
  void whatCannotBeCompiledSaysWhyAndWhere() {
    refuses("record.body = 'a'", "at 1:");
    refuses("record.nope == 'a'", "at 1:1: undeclared reference");
    refuses("true &&\n  record.body", "at 1:6: found no matching overload");
    refuses("record.body", "expected type 'bool' but found 'string'");
    refuses("record.severity_number == 'a'", "no matching overload");
    refuses("record.severity_number + 1 == 2", "at 1:24: the function _+_ is not supported");
    refuses("record.body.matches('(')", "at 1:21: error parsing regexp");
    refuses("record.body.matches(tenant)", "constant");
    refuses("record.attributes[tenant] == ''", "constant");
    refuses("timestamp('2024-01-01T00:00:00Z') < timestamp('2025-01-01T00:00:00Z')", "supported");
    refuses("true && ".repeat(2000) + "true", "longer than 10000");
  }

  private static void refuses(String text, String message) {
    assertThatThrownBy(() -> new ConditionCompiler().compile(text))
        .as(text)
        .isInstanceOf(BadConditionException.class)
        .hasMessageContaining(message);
  }
}
