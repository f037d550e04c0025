package dev.tinysse.jinja;

import dev.tinysse.jinja.Statement.Target;
import dev.tinysse.jinja.Token.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Parses what values are assigned to. */
final class TargetParser {

    private static final Set<String> RESERVED = Set.of("true", "True", "false", "False", "none", "None", "loop",
            "self");

    private final Tokens tokens;
    private final ExpressionParser expressions;

    TargetParser(Tokens tokens, ExpressionParser expressions) {
        this.tokens = tokens;
        this.expressions = expressions;
    }

    /** A name that may be assigned to. */
    String name() {
        String name = tokens.name();
        if (RESERVED.contains(name)) {
            throw TemplateException.syntax("cannot assign to reserved variable name " + name);
        }
        return name;
    }

    Target variable() {
        return new Target.Variable(name());
    }

    /** A name or a member of what has a name. */
    Target dotted() {
        int line = tokens.line();
        String first = name();
        if (!tokens.skip(Type.DOT)) {
            return new Target.Variable(first);
        }
        Expression object = new Expression.Name(first, line);
        String member = tokens.name();
        while (tokens.skip(Type.DOT)) {
            object = new Expression.Attribute(object, member, line);
            member = tokens.name();
        }
        return new Target.Member(object, member, line);
    }

    Optional<Target> inParentheses() {
        if (!tokens.skip(Type.PAREN_OPEN)) {
            return Optional.empty();
        }
        Target target = tuple();
        tokens.expect(Type.PAREN_CLOSE);
        return Optional.of(target);
    }

    /** One target, or several with commas between. */
    Target tuple() {
        return expressions.nested(this::parts);
    }

    private Target parts() {
        int line = tokens.line();
        var parts = new ArrayList<Target>();
        boolean several = false;
        while (parts.isEmpty() || several && tokens.skip(Type.COMMA)) {
            if (tokens.at(Type.PAREN_CLOSE) || tokens.at(Type.BLOCK_END) || tokens.atName("in")) {
                break;
            }
            parts.add(inParentheses().orElseGet(this::variable));
            several |= tokens.at(Type.COMMA);
        }
        return !several && parts.size() == 1 ? parts.getFirst() : new Target.Tuple(List.copyOf(parts), line);
    }

    /** Skips {@code with context} and {@code without context}, which mean nothing here. */
    boolean skipContext() {
        if (!tokens.skipName("with") && !tokens.skipName("without")) {
            return false;
        }
        tokens.expectName("context", "context");
        return true;
    }
}
