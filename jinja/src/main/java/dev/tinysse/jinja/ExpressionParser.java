package dev.tinysse.jinja;

import dev.tinysse.jinja.Expression.Argument;
import dev.tinysse.jinja.Expression.Operator;
import dev.tinysse.jinja.Token.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;

/** Parses expressions, from the loosest operator to the tightest. */
final class ExpressionParser implements PrimaryParser.Expressions {

    private static final int MAX_DEPTH = 150;
    private static final int MAX_ARGUMENTS = 2000;
    private static final Set<Type> ARGUMENT_STARTS = Set.of(Type.NAME, Type.STRING, Type.INTEGER, Type.FLOAT, Type.PLUS,
            Type.MINUS, Type.BRACKET_OPEN, Type.BRACE_OPEN);
    private static final Set<String> AFTER_TEST = Set.of("and", "or", "else", "is");

    private final Tokens tokens;
    private final PrimaryParser primaries;
    private int depth;
    private int callerUses;

    ExpressionParser(Tokens tokens) {
        this.tokens = tokens;
        this.primaries = new PrimaryParser(tokens, this);
    }

    /** How often the name {@code caller} has been read so far. */
    int callerUses() {
        return callerUses;
    }

    @Override
    public void sawCaller() {
        callerUses++;
    }

    /** Parses one level deeper; too deep is an error, not the end of the stack. */
    <T> T nested(Supplier<T> parse) {
        if (++depth > MAX_DEPTH) {
            throw TemplateException.syntax("template exceeds maximum recursion limits");
        }
        T parsed = parse.get();
        depth--;
        return parsed;
    }

    @Override
    public Expression expression() {
        return nested(this::conditional);
    }

    /** An expression that ends before {@code if}. */
    Expression withoutIf() {
        return or();
    }

    private Expression conditional() {
        int line = tokens.line();
        Expression result = or();
        while (tokens.skipName("if")) {
            Expression test = or();
            Expression otherwise = tokens.skipName("else")
                    ? nested(this::conditional)
                    : new Expression.Literal(Value.UNDEFINED, line);
            result = new Expression.Conditional(test, result, otherwise, line);
        }
        return result;
    }

    private Expression leftToRight(Supplier<Expression> operand, Function<Token, Optional<Operator>> operators) {
        int line = tokens.line();
        Expression left = operand.get();
        while (true) {
            Optional<Operator> operator = operators.apply(tokens.peek());
            if (operator.isEmpty()) {
                return left;
            }
            tokens.next();
            left = new Expression.Binary(operator.get(), left, operand.get(), line);
        }
    }

    private Expression or() {
        return leftToRight(this::and, t -> t.isName("or") ? Optional.of(Operator.OR) : Optional.empty());
    }

    private Expression and() {
        return leftToRight(this::not, t -> t.isName("and") ? Optional.of(Operator.AND) : Optional.empty());
    }

    private Expression not() {
        int line = tokens.line();
        return tokens.skipName("not") ? new Expression.Not(nested(this::not), line) : comparison();
    }

    private Expression comparison() {
        int line = tokens.line();
        Expression left = sum();
        while (true) {
            boolean negated = tokens.skipName("not");
            Optional<Operator> operator = comparisonOperator(tokens.peek());
            if (negated) {
                tokens.expectName("in", "in");
                operator = Optional.of(Operator.IN);
            } else if (operator.isEmpty()) {
                return left;
            } else {
                tokens.next();
            }
            left = new Expression.Binary(operator.get(), left, sum(), line);
            if (negated) {
                left = new Expression.Not(left, line);
            }
        }
    }

    private static Optional<Operator> comparisonOperator(Token token) {
        return switch (token.type()) {
            case EQUAL -> Optional.of(Operator.EQUAL);
            case UNEQUAL -> Optional.of(Operator.UNEQUAL);
            case LESS -> Optional.of(Operator.LESS);
            case LESS_EQUAL -> Optional.of(Operator.LESS_EQUAL);
            case GREATER -> Optional.of(Operator.GREATER);
            case GREATER_EQUAL -> Optional.of(Operator.GREATER_EQUAL);
            case NAME -> token.isName("in") ? Optional.of(Operator.IN) : Optional.empty();
            default -> Optional.empty();
        };
    }

    private Expression sum() {
        return leftToRight(this::concatenation, t -> switch (t.type()) {
            case PLUS -> Optional.of(Operator.ADD);
            case MINUS -> Optional.of(Operator.SUBTRACT);
            default -> Optional.empty();
        });
    }

    private Expression concatenation() {
        return leftToRight(this::product,
                t -> t.is(Type.TILDE) ? Optional.of(Operator.CONCATENATE) : Optional.empty());
    }

    private Expression product() {
        return leftToRight(this::power, t -> switch (t.type()) {
            case TIMES -> Optional.of(Operator.MULTIPLY);
            case DIVIDE -> Optional.of(Operator.DIVIDE);
            case FLOOR_DIVIDE -> Optional.of(Operator.FLOOR_DIVIDE);
            case MODULO -> Optional.of(Operator.MODULO);
            default -> Optional.empty();
        });
    }

    private Expression power() {
        return leftToRight(this::unary, t -> t.is(Type.POWER) ? Optional.of(Operator.POWER) : Optional.empty());
    }

    private Expression unary() {
        return filtersAndTests(postfix(negation()));
    }

    private Expression negation() {
        int line = tokens.line();
        return tokens.skip(Type.MINUS) ? new Expression.Negate(nested(this::negation), line) : nested(primaries::parse);
    }

    private Expression postfix(Expression start) {
        Expression result = start;
        while (true) {
            int line = tokens.line();
            if (tokens.skip(Type.DOT)) {
                result = new Expression.Attribute(result, tokens.name(), line);
            } else if (tokens.skip(Type.BRACKET_OPEN)) {
                result = primaries.subscript(result, line);
            } else if (tokens.at(Type.PAREN_OPEN)) {
                result = new Expression.Call(result, arguments(), result.line());
            } else {
                return result;
            }
        }
    }

    private Expression filtersAndTests(Expression start) {
        Expression result = start;
        while (true) {
            if (tokens.skip(Type.PIPE)) {
                result = filter(result);
            } else if (tokens.skipName("is")) {
                result = test(result);
            } else {
                return result;
            }
        }
    }

    /** The name and arguments of a filter that is applied to this input. */
    Expression filter(Expression input) {
        int line = tokens.line();
        return new Expression.Filter(tokens.name(), input, optionalArguments(), line);
    }

    private Expression test(Expression input) {
        boolean negated = tokens.skipName("not");
        int line = tokens.line();
        String name = tokens.name();
        List<Argument> arguments = List.of();
        if (tokens.at(Type.PAREN_OPEN)) {
            arguments = arguments();
        } else if (ARGUMENT_STARTS.contains(tokens.peek().type()) && !AFTER_TEST.contains(tokens.peek().text())) {
            arguments = List.of(new Argument.Positional(postfix(negation())));
        }
        Expression test = new Expression.Test(name, input, arguments, line);
        return negated ? new Expression.Not(test, line) : test;
    }

    private List<Argument> optionalArguments() {
        return tokens.at(Type.PAREN_OPEN) ? arguments() : List.of();
    }

    private List<Argument> arguments() {
        tokens.expect(Type.PAREN_OPEN);
        var arguments = new ArrayList<Argument>();
        boolean named = false;
        while (!tokens.skip(Type.PAREN_CLOSE)) {
            if (!arguments.isEmpty()) {
                tokens.expect(Type.COMMA);
                if (tokens.skip(Type.PAREN_CLOSE)) {
                    break;
                }
            }
            Argument argument = argument(named);
            named |= argument instanceof Argument.Named || argument instanceof Argument.NamedSpread;
            arguments.add(argument);
            if (arguments.size() > MAX_ARGUMENTS) {
                throw TemplateException.syntax("Too many arguments in function call");
            }
        }
        return List.copyOf(arguments);
    }

    private Argument argument(boolean afterNamed) {
        if (tokens.skip(Type.POWER)) {
            return new Argument.NamedSpread(expression());
        }
        if (tokens.skip(Type.TIMES)) {
            return new Argument.Spread(expression());
        }
        Expression value = expression();
        if (value instanceof Expression.Name(String name, int _) && tokens.skip(Type.ASSIGN)) {
            return new Argument.Named(name, withoutIf());
        }
        if (afterNamed) {
            throw TemplateException.syntax("non-keyword arg after keyword arg");
        }
        return new Argument.Positional(value);
    }
}
