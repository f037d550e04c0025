package dev.tinysse.jinja;

import dev.tinysse.jinja.Statement.Imported;
import dev.tinysse.jinja.Statement.MacroSource;
import dev.tinysse.jinja.Token.Type;
import java.util.ArrayList;
import java.util.List;

/** Parses macros, calls with a block, and imports. */
final class MacroParser {

    private final Tokens tokens;
    private final ExpressionParser expressions;
    private final TargetParser targets;
    private final Bodies bodies;

    /** The text between the tags of a macro, parsed by the parser of tags. */
    @FunctionalInterface
    interface Bodies {

        /** The body behind the first tag, up to the word that ends it; there are no blocks in it. */
        List<Statement> macroBodyUntil(String end);
    }

    MacroParser(Tokens tokens, ExpressionParser expressions, TargetParser targets, Bodies bodies) {
        this.tokens = tokens;
        this.expressions = expressions;
        this.targets = targets;
        this.bodies = bodies;
    }

    Statement macro(int line) {
        String name = tokens.name();
        tokens.expect(Type.PAREN_OPEN);
        var parameters = new ArrayList<String>();
        var defaults = new ArrayList<Expression>();
        parameters(parameters, defaults);
        return new Statement.DefineMacro(source(name, parameters, defaults, "endmacro"), line);
    }

    Statement callBlock(int line) {
        var parameters = new ArrayList<String>();
        var defaults = new ArrayList<Expression>();
        if (tokens.skip(Type.PAREN_OPEN)) {
            parameters(parameters, defaults);
        }
        Expression.Call call = call();
        return new Statement.CallBlock(call, source("caller", parameters, defaults, "endcall"), line);
    }

    Expression.Call call() {
        if (expressions.expression() instanceof Expression.Call call) {
            return call;
        }
        throw TemplateException.syntax("expected call expression in call block");
    }

    private MacroSource source(String name, List<String> parameters, List<Expression> defaults, String end) {
        int callerUses = expressions.callerUses();
        List<Statement> body = bodies.macroBodyUntil(end);
        return new MacroSource(name, List.copyOf(parameters), List.copyOf(defaults), body,
                expressions.callerUses() > callerUses);
    }

    private void parameters(List<String> parameters, List<Expression> defaults) {
        while (!tokens.skip(Type.PAREN_CLOSE)) {
            if (!parameters.isEmpty()) {
                tokens.expect(Type.COMMA);
                if (tokens.skip(Type.PAREN_CLOSE)) {
                    break;
                }
            }
            parameters.add(targets.name());
            if (tokens.skip(Type.ASSIGN)) {
                defaults.add(expressions.expression());
            } else if (!defaults.isEmpty()) {
                tokens.expect(Type.ASSIGN);
            }
        }
    }

    Statement importAll(int line) {
        Expression template = expressions.expression();
        tokens.expectName("as", "as");
        String alias = targets.name();
        targets.skipContext();
        return new Statement.Import(template, alias, line);
    }

    Statement importNames(int line) {
        Expression template = expressions.expression();
        tokens.expectName("import", "import");
        var names = new ArrayList<Imported>();
        while (!targets.skipContext() && !tokens.at(Type.BLOCK_END)) {
            if (!names.isEmpty()) {
                tokens.expect(Type.COMMA);
                if (targets.skipContext() || tokens.at(Type.BLOCK_END)) {
                    break;
                }
            }
            String name = targets.name();
            names.add(new Imported(name, tokens.skipName("as") ? targets.name() : name));
        }
        return new Statement.FromImport(template, List.copyOf(names), line);
    }
}
