package dev.tinysse.jinja;

import dev.tinysse.jinja.Token.Type;
import java.util.ArrayList;
import java.util.List;

/** Parses what operators are applied to: names, literals, lists, maps, subscripts. */
final class PrimaryParser {

    private final Tokens tokens;
    private final Expressions expressions;

    /** The expression within brackets, parsed by the parser of operators. */
    interface Expressions {

        Expression expression();

        /** The name {@code caller} has been read. */
        void sawCaller();
    }

    PrimaryParser(Tokens tokens, Expressions expressions) {
        this.tokens = tokens;
        this.expressions = expressions;
    }

    Expression parse() {
        Token token = tokens.next();
        return switch (token.type()) {
            case NAME -> name(token);
            case STRING -> text(token);
            case INTEGER, FLOAT -> new Expression.Literal(token.value(), token.line());
            case PAREN_OPEN -> parenthesis(token.line());
            case BRACKET_OPEN -> list(token.line());
            case BRACE_OPEN -> map(token.line());
            case END -> throw Tokens.unexpected(token, "expression");
            default -> throw TemplateException.syntax("unexpected " + token.type().label());
        };
    }

    private Expression name(Token token) {
        return switch (token.text()) {
            case "true", "True" -> new Expression.Literal(Value.of(true), token.line());
            case "false", "False" -> new Expression.Literal(Value.of(false), token.line());
            case "none", "None" -> new Expression.Literal(Value.NONE, token.line());
            case "caller" -> {
                expressions.sawCaller();
                yield new Expression.Name("caller", token.line());
            }
            default -> new Expression.Name(token.text(), token.line());
        };
    }

    /** One text, or several beside each other as one. */
    private Expression text(Token first) {
        if (!tokens.at(Type.STRING)) {
            return new Expression.Literal(first.value(), first.line());
        }
        var joined = new StringBuilder(first.value().asText().orElseThrow());
        while (tokens.at(Type.STRING)) {
            joined.append(tokens.next().value().asText().orElseThrow());
        }
        return new Expression.Literal(Value.of(joined.toString()), first.line());
    }

    /** The expression in parentheses; with a comma it is a list. */
    private Expression parenthesis(int line) {
        if (tokens.skip(Type.PAREN_CLOSE)) {
            return new Expression.ListOf(List.of(), line);
        }
        Expression first = expressions.expression();
        if (!tokens.at(Type.COMMA)) {
            tokens.expect(Type.PAREN_CLOSE);
            return first;
        }
        var items = new ArrayList<>(List.of(first));
        while (!tokens.skip(Type.PAREN_CLOSE)) {
            tokens.expect(Type.COMMA);
            if (tokens.skip(Type.PAREN_CLOSE)) {
                break;
            }
            items.add(expressions.expression());
        }
        return new Expression.ListOf(List.copyOf(items), line);
    }

    private Expression list(int line) {
        var items = new ArrayList<Expression>();
        while (!ended(Type.BRACKET_CLOSE, items.isEmpty())) {
            items.add(expressions.expression());
        }
        return new Expression.ListOf(List.copyOf(items), line);
    }

    private Expression map(int line) {
        var keys = new ArrayList<Expression>();
        var values = new ArrayList<Expression>();
        while (!ended(Type.BRACE_CLOSE, keys.isEmpty())) {
            keys.add(expressions.expression());
            tokens.expect(Type.COLON);
            values.add(expressions.expression());
        }
        return new Expression.MapOf(List.copyOf(keys), List.copyOf(values), line);
    }

    private boolean ended(Type close, boolean first) {
        if (tokens.skip(close)) {
            return true;
        }
        if (first) {
            return false;
        }
        tokens.expect(Type.COMMA);
        return tokens.skip(close);
    }

    /** A subscript or slice behind its opening bracket. */
    Expression subscript(Expression target, int line) {
        Expression start = new Expression.Literal(Value.of(0), line);
        Expression stop = new Expression.Literal(Value.NONE, line);
        Expression step = new Expression.Literal(Value.of(1), line);
        if (!tokens.at(Type.COLON)) {
            start = expressions.expression();
        }
        if (!tokens.skip(Type.COLON)) {
            tokens.expect(Type.BRACKET_CLOSE);
            return new Expression.Item(target, start, line);
        }
        if (!tokens.at(Type.BRACKET_CLOSE) && !tokens.at(Type.COLON)) {
            stop = expressions.expression();
        }
        if (tokens.skip(Type.COLON) && !tokens.at(Type.BRACKET_CLOSE)) {
            step = expressions.expression();
        }
        tokens.expect(Type.BRACKET_CLOSE);
        return new Expression.Slice(target, start, stop, step, line);
    }
}
