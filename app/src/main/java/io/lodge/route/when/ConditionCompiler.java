package io.lodge.route.when;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.CelIssue;
import dev.cel.common.CelValidationException;
import dev.cel.common.CelValidationResult;
import dev.cel.common.ast.CelConstant;
import dev.cel.common.ast.CelExpr;
import dev.cel.common.ast.CelExpr.ExprKind.Kind;
import dev.cel.common.types.CelType;
import dev.cel.common.types.MapType;
import dev.cel.common.types.SimpleType;
import dev.cel.compiler.CelCompiler;
import dev.cel.compiler.CelCompilerBuilder;
import dev.cel.compiler.CelCompilerFactory;
import dev.cel.parser.CelStandardMacro;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Compiles conditions. CEL's own parser and type checker read them; the tree is then turned into
 * tests on bytes, for which CEL's runtime would need an object for each field of each record.
 *
 * <p>All of CEL's syntax is read. What has no test here (arithmetic, comprehensions, timestamps)
 * does not compile, and says so.
 */
public final class ConditionCompiler {
  /** What a person writes by hand is shorter; the parser's stack follows the nesting. */
  private static final int LENGTH_MAX = 10_000;

  private final CelCompiler compiler;

  public ConditionCompiler() {
    CelCompilerBuilder builder =
        CelCompilerFactory.standardCelCompilerBuilder()
            .setStandardMacros(CelStandardMacro.HAS)
            .setResultType(SimpleType.BOOL);
    for (Field field : Field.values()) {
      builder.addVar(field.path(), field.isNumber() ? SimpleType.INT : SimpleType.STRING);
    }
    for (Attributes attributes : Attributes.values()) {
      builder.addVar(attributes.path(), MapType.create(SimpleType.STRING, SimpleType.STRING));
    }
    compiler = builder.build();
  }

  /**
   * Compiles one condition.
   *
   * @throws BadConditionException with the reason and its line and column in the text
   */
  public Condition compile(String text) throws BadConditionException {
    if (text.length() > LENGTH_MAX) {
      throw new BadConditionException("it is longer than " + LENGTH_MAX + " characters");
    }
    CelValidationResult result = compiler.compile(text);
    if (result.hasError()) {
      CelIssue issue = result.getErrors().getFirst();
      throw new BadConditionException(
          "at %d:%d: %s"
              .formatted(
                  issue.getSourceLocation().getLine(),
                  issue.getSourceLocation().getColumn() + 1,
                  issue.getMessage()));
    }
    try {
      CelAbstractSyntaxTree tree = result.getAst();
      Condition.Asked asked = new Condition.Asked();
      return Condition.of(new Translation(tree, asked).test(tree.getExpr()), asked);
    } catch (CelValidationException e) {
      throw new BadConditionException(String.valueOf(e.getMessage()));
    }
  }

  /** From CEL's tree to tests. */
  private record Translation(CelAbstractSyntaxTree tree, Condition.Asked asked) {

    Test test(CelExpr expr) throws BadConditionException {
      return switch (expr.getKind()) {
        case CONSTANT -> new Test.Constant(expr.constant().booleanValue());
        case SELECT -> has(expr);
        case CALL -> call(expr);
        case IDENT, LIST, MAP, STRUCT, COMPREHENSION, NOT_SET ->
            throw unsupported(expr, "this expression");
      };
    }

    private Test has(CelExpr expr) throws BadConditionException {
      CelExpr.CelSelect select = expr.select();
      if (!select.testOnly()) {
        throw unsupported(expr, "this field");
      }
      return new Test.Has(attributes(select.operand()), utf8(select.field()));
    }

    private Test call(CelExpr expr) throws BadConditionException {
      List<CelExpr> args = arguments(expr);
      return switch (expr.call().function()) {
        case "_&&_" -> new Test.And(test(args.get(0)), test(args.get(1)));
        case "_||_" -> new Test.Or(test(args.get(0)), test(args.get(1)));
        case "!_" -> new Test.Not(test(args.get(0)));
        case "_?_:_" -> new Test.Choice(test(args.get(0)), test(args.get(1)), test(args.get(2)));
        case "_==_" -> compare(Comparison.EQUAL, args);
        case "_!=_" -> compare(Comparison.UNEQUAL, args);
        case "_<_" -> compare(Comparison.LESS, args);
        case "_<=_" -> compare(Comparison.LESS_OR_EQUAL, args);
        case "_>_" -> compare(Comparison.GREATER, args);
        case "_>=_" -> compare(Comparison.GREATER_OR_EQUAL, args);
        case "@in" -> in(args.get(0), args.get(1));
        case "startsWith" -> part(Test.Place.START, args);
        case "endsWith" -> part(Test.Place.END, args);
        case "contains" -> part(Test.Place.ANYWHERE, args);
        case "matches" -> new Test.Matches(words(args.get(0)), pattern(args.get(1)));
        default -> throw unsupported(expr, "the function " + expr.call().function());
      };
    }

    private Test compare(Comparison how, List<CelExpr> args) throws BadConditionException {
      CelExpr left = args.get(0);
      CelExpr right = args.get(1);
      CelType type = type(left);
      if (!type.equals(type(right))) {
        throw unsupported(right, "a comparison of two types");
      }
      if (type.equals(SimpleType.STRING)) {
        return new Test.TextIs(how, words(left), words(right));
      }
      if (type.equals(SimpleType.BOOL) && how == Comparison.EQUAL) {
        return new Test.Choice(test(left), test(right), new Test.Not(test(right)));
      }
      if (type.equals(SimpleType.BOOL) && how == Comparison.UNEQUAL) {
        return new Test.Choice(test(left), new Test.Not(test(right)), test(right));
      }
      return new Test.NumberIs(how, number(left), number(right), type.equals(SimpleType.INT));
    }

    private Test in(CelExpr item, CelExpr list) throws BadConditionException {
      if (list.getKind() == Kind.IDENT) {
        return new Test.Has(attributes(list), utf8(constantText(item)));
      }
      if (list.getKind() != Kind.LIST) {
        throw unsupported(list, "membership in this");
      }
      if (type(item).equals(SimpleType.STRING)) {
        List<Words> items = new ArrayList<>();
        for (CelExpr element : list.list().elements()) {
          items.add(words(element));
        }
        return new Test.TextIn(words(item), List.copyOf(items));
      }
      List<Numeric> items = new ArrayList<>();
      for (CelExpr element : list.list().elements()) {
        items.add(number(element));
      }
      return new Test.NumberIn(number(item), List.copyOf(items), type(item).equals(SimpleType.INT));
    }

    private Test part(Test.Place place, List<CelExpr> args) throws BadConditionException {
      return new Test.Part(place, words(args.get(0)), words(args.get(1)));
    }

    private Pattern pattern(CelExpr expr) throws BadConditionException {
      try {
        return Pattern.compile(constantText(expr));
      } catch (PatternSyntaxException e) {
        throw new BadConditionException(where(expr) + e.getMessage());
      }
    }

    private Words words(CelExpr expr) throws BadConditionException {
      return switch (expr.getKind()) {
        case CONSTANT -> new Words.Constant(utf8(constantText(expr)));
        case IDENT -> new Words.OfField(field(expr));
        case SELECT ->
            new Words.OfAttribute(attributes(expr.select().operand()), utf8(expr.select().field()));
        case CALL -> {
          List<CelExpr> args = arguments(expr);
          if (!expr.call().function().equals("_[_]")) {
            throw unsupported(expr, "the function " + expr.call().function());
          }
          yield new Words.OfAttribute(attributes(args.get(0)), utf8(constantText(args.get(1))));
        }
        case LIST, MAP, STRUCT, COMPREHENSION, NOT_SET -> throw unsupported(expr, "this as text");
      };
    }

    private Numeric number(CelExpr expr) throws BadConditionException {
      if (expr.getKind() == Kind.CONSTANT) {
        return new Numeric.Constant(constantNumber(expr));
      }
      if (expr.getKind() == Kind.IDENT) {
        return new Numeric.OfField(field(expr));
      }
      if (expr.getKind() != Kind.CALL) {
        throw unsupported(expr, "this as a number");
      }
      Words argument = textArgument(expr);
      return switch (expr.call().function()) {
        case "size" -> new Numeric.Size(argument);
        case "int" -> new Numeric.Whole(argument);
        case "double" -> new Numeric.Fraction(argument);
        default -> throw unsupported(expr, "the function " + expr.call().function());
      };
    }

    /** The one argument of a function that makes a number of a text. */
    private Words textArgument(CelExpr expr) throws BadConditionException {
      List<CelExpr> arguments = arguments(expr);
      if (arguments.size() != 1 || !type(arguments.getFirst()).equals(SimpleType.STRING)) {
        throw unsupported(expr, "the function " + expr.call().function());
      }
      return words(arguments.getFirst());
    }

    private long constantNumber(CelExpr expr) throws BadConditionException {
      CelConstant constant = expr.constant();
      return switch (constant.getKind()) {
        case INT64_VALUE -> constant.int64Value();
        case DOUBLE_VALUE -> Double.doubleToRawLongBits(constant.doubleValue());
        default -> throw unsupported(expr, "a constant of this type");
      };
    }

    private String constantText(CelExpr expr) throws BadConditionException {
      if (expr.getKind() != Kind.CONSTANT
          || expr.constant().getKind() != CelConstant.Kind.STRING_VALUE) {
        throw unsupported(expr, "anything but a constant text here");
      }
      return expr.constant().stringValue();
    }

    private Field field(CelExpr expr) throws BadConditionException {
      for (Field field : Field.values()) {
        if (field.path().equals(expr.ident().name())) {
          asked.fields().add(field);
          return field;
        }
      }
      throw unsupported(expr, "this value");
    }

    private Attributes attributes(CelExpr expr) throws BadConditionException {
      if (expr.getKind() == Kind.IDENT) {
        for (Attributes attributes : Attributes.values()) {
          if (attributes.path().equals(expr.ident().name())) {
            asked.attributes().add(attributes);
            return attributes;
          }
        }
      }
      throw unsupported(expr, "a map that is not attributes");
    }

    private CelType type(CelExpr expr) {
      return tree.getType(expr.id()).orElse(SimpleType.DYN);
    }

    /** The target of a method first, as of the function that it is. */
    private static List<CelExpr> arguments(CelExpr expr) {
      List<CelExpr> arguments = new ArrayList<>();
      expr.call().target().ifPresent(arguments::add);
      arguments.addAll(expr.call().args());
      return arguments;
    }

    private BadConditionException unsupported(CelExpr expr, String what) {
      return new BadConditionException(
          where(expr) + what + " is not supported; docs/routing.md lists what is");
    }

    private String where(CelExpr expr) {
      return Optional.ofNullable(tree.getSource().getPositionsMap().get(expr.id()))
          .flatMap(tree.getSource()::getOffsetLocation)
          .map(at -> "at %d:%d: ".formatted(at.getLine(), at.getColumn() + 1))
          .orElse("");
    }

    private static byte[] utf8(String text) {
      return text.getBytes(StandardCharsets.UTF_8);
    }
  }
}
