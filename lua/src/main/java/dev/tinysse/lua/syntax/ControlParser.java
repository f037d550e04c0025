package dev.tinysse.lua.syntax;

import dev.tinysse.lua.syntax.Statement.Block;
import java.util.ArrayList;
import java.util.List;

/** Blocks, choices and loops (reference manual §3.3.4 and §3.3.5). */
abstract class ControlParser extends ExpressionParser {

    ControlParser(Lexer lexer, boolean inspectable) {
        super(lexer, inspectable);
    }

    /** The statements of a block, up to what ends it. */
    abstract List<Statement> statements();

    /** A block with a scope of its own; {@code exit} is not null for the body of a loop. */
    final Block block(Label exit) {
        scope.open(exit);
        Block block = new Block(statements());
        scope.close();
        return block;
    }

    final boolean endsBlock(boolean withUntil) {
        return switch (token()) {
            case EOF, END, ELSE, ELSEIF -> true;
            case UNTIL -> withUntil;
            default -> false;
        };
    }

    final Statement ifStatement(int line) {
        List<Expression> conditions = new ArrayList<>();
        List<Block> blocks = new ArrayList<>();
        do {
            lexer.next();
            Expression condition = expression();
            expect(Token.THEN);
            conditions.add(wanted(condition));
            blocks.add(block(null));
        } while (token() == Token.ELSEIF);
        Block otherwise = accept(Token.ELSE) ? block(null) : null;
        closing(Token.END, Token.IF, line);
        return new Statement.If(conditions, blocks, otherwise);
    }

    final Statement whileStatement(int line) {
        lexer.next();
        Expression condition = expression();
        expect(Token.DO);
        Label exit = scope.exit();
        Block block = block(exit);
        closing(Token.END, Token.WHILE, line);
        return new Statement.While(condition, block, exit, line);
    }

    final Statement repeatStatement(int line) {
        lexer.next();
        Label exit = scope.exit();
        scope.open(exit);
        scope.open(null);
        Block block = new Block(statements());
        closing(Token.UNTIL, Token.REPEAT, line);
        Expression condition = expression();
        scope.close();
        scope.close();
        return new Statement.Repeat(block, condition, exit, line);
    }

    final Statement forStatement(int line) {
        lexer.next();
        Label exit = scope.exit();
        String first = name();
        return switch (token()) {
            case ASSIGN -> numericFor(first, exit, line);
            case COMMA, IN -> genericFor(first, exit, line);
            default -> throw lexer.error("'=' or 'in' expected");
        };
    }

    private Statement numericFor(String name, Label exit, int line) {
        lexer.next();
        Expression start = expression();
        expect(Token.COMMA);
        Expression limit = expression();
        Expression step = accept(Token.COMMA) ? expression() : null;
        LocalVariable variable = scope.variable(name, LocalVariable.Attribute.NONE);
        variable.declare(start);
        if (step != null) {
            variable.declare(step);
        }
        scope.checkRoom(3);
        int headLine = lexer.line();
        Block block = loopBody(List.of(variable), exit, line);
        return new Statement.NumericFor(variable, start, limit, step, block, exit, headLine);
    }

    private Statement genericFor(String first, Label exit, int line) {
        List<LocalVariable> variables = new ArrayList<>();
        variables.add(opaque(first, LocalVariable.Attribute.NONE));
        while (accept(Token.COMMA)) {
            variables.add(opaque(name(), LocalVariable.Attribute.NONE));
        }
        expect(Token.IN);
        int valuesLine = lexer.line();
        List<Expression> values = expressions();
        scope.checkRoom(4);
        List<LocalVariable> inside = new ArrayList<>(variables);
        if (Statement.GenericFor.closes(values)) {
            inside.addFirst(opaque("(for state)", LocalVariable.Attribute.CLOSE));
        }
        Block block = loopBody(inside, exit, line);
        return new Statement.GenericFor(variables, values, block, exit, valuesLine);
    }

    private Block loopBody(List<LocalVariable> variables, Label exit, int line) {
        expect(Token.DO);
        scope.open(exit);
        variables.forEach(scope::activate);
        Block block = block(null);
        scope.close();
        closing(Token.END, Token.FOR, line);
        return block;
    }

    final LocalVariable opaque(String name, LocalVariable.Attribute attribute) {
        LocalVariable variable = scope.variable(name, attribute);
        variable.declare(null);
        return variable;
    }
}
