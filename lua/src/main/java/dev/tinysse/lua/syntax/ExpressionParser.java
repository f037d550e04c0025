package dev.tinysse.lua.syntax;

import dev.tinysse.lua.value.Strings;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.luaj.vm2.LuaString;
import org.luaj.vm2.LuaValue;

/** Expressions (reference manual §3.4). */
abstract class ExpressionParser extends TokenParser {

    /** A chain of operators or calls is cut after so many, or the compiler would go too deep down its tree. */
    private static final int MAX_CHAIN_LENGTH = 100;

    final boolean inspectable;
    FunctionScope scope;

    ExpressionParser(Lexer lexer, boolean inspectable) {
        super(lexer);
        this.inspectable = inspectable;
    }

    /** Parameters and body of a function; {@code line} is that of its first word. */
    abstract Expression.Function function(boolean method, int line);

    final List<Expression> expressions() {
        List<Expression> list = new ArrayList<>();
        list.add(expression());
        while (accept(Token.COMMA)) {
            wantLast(list);
            list.add(expression());
        }
        return list;
    }

    private void wantLast(List<Expression> list) {
        list.add(wanted(list.removeLast()));
    }

    /**
     * The same expression, whose value is wanted only now. As in PUC Lua it is there that indexing may fail: on the line
     * of the last token.
     */
    final Expression wanted(Expression expression) {
        if (expression instanceof Expression.Index(Expression object, Expression key, int _)) {
            return new Expression.Index(object, key, lexer.previousLine());
        }
        if (expression instanceof Expression.And(Expression left, Expression right)) {
            return new Expression.And(left, wanted(right));
        }
        if (expression instanceof Expression.Or(Expression left, Expression right)) {
            return new Expression.Or(left, wanted(right));
        }
        return expression;
    }

    final Expression expression() {
        return binary(0);
    }

    /** Operators that bind more strongly than {@code limit}, and their operands. */
    private Expression binary(int limit) {
        enterLevel();
        Expression left = operand();
        BinaryOperator operator = BinaryOperator.of(token());
        int length = 0;
        while (operator != null && operator.left > limit) {
            int line = lexer.line();
            lexer.next();
            left = cut(wanted(left), ++length, line);
            Expression right = binary(operator.right);
            left = switch (operator) {
                case AND -> new Expression.And(left, right);
                case OR -> new Expression.Or(left, right);
                // as in PUC Lua, comparisons are where they end
                case LESS, LESS_EQUAL, GREATER, GREATER_EQUAL, EQUAL, NOT_EQUAL ->
                    new Expression.Binary(operator, left, right, lexer.previousLine());
                default -> Folding.binary(operator, left, right, line);
            };
            operator = BinaryOperator.of(token());
        }
        leaveLevel();
        return left;
    }

    /** The left end of a chain, as a part of the function if it has become long. */
    private Expression cut(Expression chain, int length, int line) {
        return length % MAX_CHAIN_LENGTH == 0
                ? new Outlining(scope.body(), inspectable).expression(chain, line)
                : chain;
    }

    private Expression operand() {
        int line = lexer.line();
        return switch (token()) {
            case NOT -> {
                lexer.next();
                yield new Expression.Not(binary(BinaryOperator.UNARY));
            }
            case MINUS -> {
                lexer.next();
                yield Folding.unary(UnaryOperator.NEGATE, binary(BinaryOperator.UNARY), line);
            }
            case HASH -> {
                lexer.next();
                yield new Expression.Unary(UnaryOperator.LENGTH, binary(BinaryOperator.UNARY), line);
            }
            case TILDE -> {
                lexer.next();
                yield Folding.unary(UnaryOperator.BIT_NOT, binary(BinaryOperator.UNARY), line);
            }
            default -> simple();
        };
    }

    private Expression simple() {
        LuaValue constant = switch (token()) {
            case NUMBER, STRING -> lexer.value();
            case NIL -> LuaValue.NIL;
            case TRUE -> LuaValue.TRUE;
            case FALSE -> LuaValue.FALSE;
            default -> null;
        };
        if (constant != null) {
            lexer.next();
            return new Expression.Constant(constant);
        }
        return switch (token()) {
            case DOTS -> {
                if (!scope.body().vararg()) {
                    throw lexer.error("cannot use '...' outside a vararg function");
                }
                lexer.next();
                yield new Expression.Dots();
            }
            case OPEN_BRACE -> table();
            case FUNCTION -> {
                int line = lexer.line();
                lexer.next();
                yield function(false, line);
            }
            default -> suffixed();
        };
    }

    private Expression table() {
        int line = lexer.line();
        expect(Token.OPEN_BRACE);
        List<Expression.Field> fields = new ArrayList<>();
        boolean more = true;
        while (more && token() != Token.CLOSE_BRACE) {
            Expression key = key();
            Expression value = expression();
            int end = lexer.previousLine();
            more = accept(Token.COMMA) || accept(Token.SEMICOLON);
            fields.add(new Expression.Field(key, key == null ? wanted(value) : value, end));
        }
        closing(Token.CLOSE_BRACE, Token.OPEN_BRACE, line);
        if (!fields.isEmpty() && fields.getLast().isPositional()) {
            Expression.Field last = fields.removeLast();
            fields.add(new Expression.Field(null, wanted(last.value()), last.line()));
        }
        return new Expression.TableConstructor(fields, List.of(), line);
    }

    /** The key of a field with its equals sign; null if the field is positional. */
    private Expression key() {
        if (token() == Token.NAME && lexer.lookAhead() == Token.ASSIGN) {
            Expression key = new Expression.Constant(string(name()));
            expect(Token.ASSIGN);
            return key;
        }
        if (accept(Token.OPEN_BRACKET)) {
            Expression key = expression();
            expect(Token.CLOSE_BRACKET);
            expect(Token.ASSIGN);
            return key;
        }
        return null;
    }

    /** A variable, or an expression in brackets, with all that is indexed or called behind it. */
    final Expression suffixed() {
        Expression expression = primary();
        for (int length = 1; isSuffix(); length++) {
            int line = lexer.line();
            expression = suffix(cut(expression, length, line), line);
        }
        return expression;
    }

    private boolean isSuffix() {
        return switch (token()) {
            case DOT, OPEN_BRACKET, COLON, OPEN, STRING, OPEN_BRACE -> true;
            default -> false;
        };
    }

    private Expression suffix(Expression expression, int line) {
        return switch (token()) {
            case DOT -> {
                lexer.next();
                yield new Expression.Index(expression, new Expression.Constant(string(name())), lexer.previousLine());
            }
            case OPEN_BRACKET -> {
                lexer.next();
                Expression key = expression();
                expect(Token.CLOSE_BRACKET);
                yield new Expression.Index(expression, key, lexer.previousLine());
            }
            case COLON -> {
                lexer.next();
                LuaString name = string(name());
                Expression object = wanted(expression);
                int callLine = lexer.line();
                yield new Expression.MethodCall(object, name, arguments(), callLine);
            }
            default -> new Expression.Call(expression, arguments(), line);
        };
    }

    private Expression primary() {
        int line = lexer.line();
        if (token() == Token.NAME) {
            return variable(name(), line);
        }
        if (accept(Token.OPEN)) {
            Expression inner = expression();
            closing(Token.CLOSE, Token.OPEN, line);
            return inner instanceof Expression.Constant ? inner : new Expression.Parenthesized(wanted(inner));
        }
        throw lexer.error("unexpected symbol");
    }

    /** The variable that {@code name} means: local, of a function around, or global. */
    final Expression variable(String name, int line) {
        LocalVariable local = scope.resolve(name);
        if (local != null) {
            return new Expression.Variable(local);
        }
        Expression environment = new Expression.Variable(scope.resolve("_ENV"));
        return new Expression.Index(environment, new Expression.Constant(string(name)), line);
    }

    private List<Expression> arguments() {
        int line = lexer.line();
        switch (token()) {
            case STRING -> {
                Expression argument = new Expression.Constant(lexer.value());
                lexer.next();
                return List.of(argument);
            }
            case OPEN_BRACE -> {
                return List.of(table());
            }
            case OPEN -> {
                lexer.next();
                List<Expression> list = token() == Token.CLOSE ? List.of() : expressions();
                closing(Token.CLOSE, Token.OPEN, line);
                if (!list.isEmpty()) {
                    wantLast(list);
                }
                return list;
            }
            default -> throw lexer.error("function arguments expected");
        }
    }

    final LuaString string(String name) {
        return lexer.interned(Strings.of(name.getBytes(StandardCharsets.ISO_8859_1)));
    }
}
