package dev.tinysse.jinja;

import dev.tinysse.jinja.Statement.Assignment;
import dev.tinysse.jinja.Statement.Branch;
import dev.tinysse.jinja.Statement.Target;
import dev.tinysse.jinja.Token.Type;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Parses the tags of a template and the text between them. */
final class StatementParser {

    private final Tokens tokens;
    private final ExpressionParser expressions;
    private final TargetParser targets;
    private final MacroParser macros;
    private final Map<String, List<Statement>> blocks = new LinkedHashMap<>();
    private boolean inMacro;

    private StatementParser(Tokens tokens) {
        this.tokens = tokens;
        this.expressions = new ExpressionParser(tokens);
        this.targets = new TargetParser(tokens, expressions);
        this.macros = new MacroParser(tokens, expressions, targets, this::macroBodyUntil);
    }

    /** Parses a template. */
    static Template parse(String name, String source, Whitespace whitespace) {
        var tokens = new Tokens(new Lexer(source, whitespace));
        var parser = new StatementParser(tokens);
        try {
            List<Statement> body = parser.body(Set.of());
            return new Template(name, body, parser.blocks);
        } catch (TemplateException e) {
            throw e.at(name, tokens.lastLine());
        }
    }

    /** Parses up to a block that starts with one of these words; without any, up to the end. */
    private List<Statement> body(Set<String> ends) {
        var statements = new ArrayList<Statement>();
        while (!tokens.at(Type.END)) {
            Token token = tokens.next();
            switch (token.type()) {
                case TEXT -> statements.add(new Statement.Text(token.text(), token.line()));
                case VARIABLE_START -> {
                    statements.add(new Statement.Print(expressions.expression(), token.line()));
                    tokens.expect(Type.VARIABLE_END);
                }
                default -> {
                    if (tokens.at(Type.END)) {
                        throw Tokens.unexpected(tokens.next(), "keyword");
                    }
                    if (tokens.at(Type.NAME) && ends.contains(tokens.peek().text())) {
                        return List.copyOf(statements);
                    }
                    statements.add(expressions.nested(this::statement));
                    tokens.expect(Type.BLOCK_END);
                }
            }
        }
        return List.copyOf(statements);
    }

    /** The body of a block behind its first tag, up to the word that ends it. */
    List<Statement> bodyUntil(String end) {
        tokens.expect(Type.BLOCK_END);
        List<Statement> body = body(Set.of(end));
        tokens.next();
        return body;
    }

    /** The body of a macro, in which there are no blocks. */
    private List<Statement> macroBodyUntil(String end) {
        boolean outer = inMacro;
        inMacro = true;
        List<Statement> body = bodyUntil(end);
        inMacro = outer;
        return body;
    }

    private Statement statement() {
        Token token = tokens.next();
        int line = token.line();
        if (!token.is(Type.NAME)) {
            throw TemplateException.syntax("unknown " + token.type().label() + ", expected statement");
        }
        return switch (token.text()) {
            case "for" -> loop(line);
            case "if" -> condition(line);
            case "with" -> with(line);
            case "set" -> set(line);
            case "autoescape" ->
                new Statement.Autoescaped(expressions.expression(), bodyUntil("endautoescape"), line);
            case "filter" -> new Statement.Filtered(filters(line), bodyUntil("endfilter"), line);
            case "block" -> block(line);
            case "extends" -> new Statement.Extends(expressions.expression(), line);
            case "include" -> include(line);
            case "import" -> macros.importAll(line);
            case "from" -> macros.importNames(line);
            case "macro" -> macros.macro(line);
            case "call" -> macros.callBlock(line);
            case "do" -> new Statement.Do(macros.call(), line);
            default -> throw TemplateException.syntax("unknown statement " + token.text());
        };
    }

    private Statement loop(int line) {
        Target target = targets.tuple();
        tokens.expectName("in", "in");
        Expression iterable = expressions.withoutIf();
        Optional<Expression> filter = tokens.skipName("if") ? Optional.of(expressions.expression()) : Optional.empty();
        boolean recursive = tokens.skipName("recursive");
        tokens.expect(Type.BLOCK_END);
        List<Statement> body = body(Set.of("endfor", "else"));
        List<Statement> otherwise = List.of();
        if (tokens.skipName("else")) {
            tokens.expect(Type.BLOCK_END);
            otherwise = body(Set.of("endfor"));
        }
        tokens.next();
        return new Statement.For(target, iterable, filter, recursive, body, otherwise, line);
    }

    private Statement condition(int line) {
        var branches = new ArrayList<Branch>();
        List<Statement> otherwise = List.of();
        Token end;
        do {
            Expression test = expressions.withoutIf();
            tokens.expect(Type.BLOCK_END);
            branches.add(new Branch(test, body(Set.of("endif", "else", "elif"))));
            end = tokens.next();
        } while (end.isName("elif"));
        if (end.isName("else")) {
            otherwise = bodyUntil("endif");
        }
        return new Statement.If(List.copyOf(branches), otherwise, line);
    }

    private Statement with(int line) {
        var assignments = new ArrayList<Assignment>();
        while (!tokens.at(Type.BLOCK_END)) {
            if (!assignments.isEmpty()) {
                tokens.expect(Type.COMMA, "comma");
            }
            Target target = targets.inParentheses().orElseGet(targets::variable);
            tokens.expect(Type.ASSIGN, "assignment operator");
            assignments.add(new Assignment(target, expressions.expression()));
        }
        return new Statement.With(List.copyOf(assignments), bodyUntil("endwith"), line);
    }

    private Statement set(int line) {
        Optional<Target> tuple = targets.inParentheses();
        Target target = tuple.orElseGet(targets::dotted);
        if (tuple.isEmpty() && (tokens.at(Type.BLOCK_END) || tokens.at(Type.PIPE))) {
            Optional<Expression> filters = tokens.skip(Type.PIPE) ? Optional.of(filters(line)) : Optional.empty();
            return new Statement.SetBlock(target, filters, bodyUntil("endset"), line);
        }
        tokens.expect(Type.ASSIGN, "assignment operator");
        return new Statement.Set(new Assignment(target, expressions.expression()), line);
    }

    private Expression filters(int line) {
        Expression chain = new Expression.Captured(line);
        while (!tokens.at(Type.BLOCK_END)) {
            if (chain instanceof Expression.Filter) {
                tokens.expect(Type.PIPE);
            }
            chain = expressions.filter(chain);
        }
        if (chain instanceof Expression.Captured) {
            throw TemplateException.syntax("expected a filter");
        }
        return chain;
    }

    private Statement block(int line) {
        if (inMacro) {
            throw TemplateException.syntax("block tags in macros are not allowed");
        }
        String name = tokens.name();
        if (blocks.putIfAbsent(name, List.of()) != null) {
            throw TemplateException.syntax("block '" + name + "' defined twice");
        }
        List<Statement> body = bodyUntil("endblock");
        if (tokens.at(Type.NAME)) {
            String end = tokens.peek().text();
            if (!end.equals(name)) {
                throw TemplateException
                        .syntax("mismatching name on block. Got `" + end + "`, expected `" + name + "`");
            }
            tokens.next();
        }
        blocks.put(name, body);
        return new Statement.Block(name, body, line);
    }

    private Statement include(int line) {
        Expression name = expressions.expression();
        targets.skipContext();
        boolean ignoreMissing = tokens.skipName("ignore");
        if (ignoreMissing) {
            tokens.expectName("missing", "missing keyword");
            targets.skipContext();
        }
        return new Statement.Include(name, ignoreMissing, line);
    }
}
