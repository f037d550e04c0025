package dev.tinysse.lua.syntax;

import dev.tinysse.lua.syntax.Statement.Block;
import java.util.ArrayList;
import java.util.List;

/** Statements, blocks and functions (reference manual §3.3). */
public final class Parser extends ControlParser {

    private Parser(Lexer lexer, boolean inspectable) {
        super(lexer, inspectable);
    }

    /**
     * Parses a chunk.
     *
     * @param source its bytes
     * @param chunkName its name, with the {@code @} or {@code =} of the reference manual
     * @param inspectable whether {@code debug} can tell which functions share a variable
     * @return the function that the chunk is; its one upvalue is {@code _ENV}
     * @throws SyntaxError if it is not Lua
     */
    public static FunctionBody parse(byte[] source, String chunkName, boolean inspectable) {
        return new Parser(new Lexer(source, chunkName), inspectable).chunk();
    }

    private FunctionBody chunk() {
        FunctionBody chunk = new FunctionBody(0);
        LocalVariable environment = new LocalVariable("_ENV", LocalVariable.Attribute.NONE, null);
        environment.capture(inspectable);
        environment.declare(null);
        chunk.upvalues().add(environment);
        chunk.vararg(true);
        scope = new FunctionScope(null, chunk, lexer, inspectable);
        lexer.next();
        Block block = block(null);
        if (token() != Token.EOF) {
            throw expected(Token.EOF);
        }
        chunk.end(block, lexer.line());
        return chunk;
    }

    @Override
    List<Statement> statements() {
        List<Statement> statements = new ArrayList<>();
        while (!endsBlock(true)) {
            if (token() == Token.RETURN) {
                statements.add(returnStatement());
                break;
            }
            enterLevel();
            Statement statement = statement();
            if (statement != null) {
                statements.add(statement);
            }
            leaveLevel();
        }
        return statements;
    }

    /** The next statement; null for an empty one. */
    private Statement statement() {
        int line = lexer.line();
        return switch (token()) {
            case SEMICOLON -> {
                lexer.next();
                yield null;
            }
            case IF -> ifStatement(line);
            case WHILE -> whileStatement(line);
            case DO -> {
                lexer.next();
                Block block = block(null);
                closing(Token.END, Token.DO, line);
                yield new Statement.Do(block);
            }
            case FOR -> forStatement(line);
            case REPEAT -> repeatStatement(line);
            case FUNCTION -> functionStatement(line);
            case LOCAL -> {
                lexer.next();
                yield accept(Token.FUNCTION) ? localFunction(line) : localStatement();
            }
            case LABEL -> labelStatement(line);
            case BREAK -> {
                lexer.next();
                Statement.Goto leave = new Statement.Goto(line);
                scope.leaveLoop(leave, line);
                yield leave;
            }
            case GOTO -> {
                lexer.next();
                Statement.Goto jump = new Statement.Goto(line);
                scope.jump(jump, name(), line);
                yield jump;
            }
            default -> expressionStatement();
        };
    }

    private Statement functionStatement(int line) {
        lexer.next();
        int nameLine = lexer.line();
        Expression target = variable(name(), nameLine);
        boolean method = false;
        while (token() == Token.DOT || token() == Token.COLON) {
            method = token() == Token.COLON;
            lexer.next();
            target = new Expression.Index(target, constantName(), nameLine);
            if (method) {
                break;
            }
        }
        Expression function = function(method, line);
        checkWritable(target);
        assigned(target, function);
        return new Statement.Assignment(List.of(target), List.of(function), line);
    }

    private Statement localFunction(int line) {
        LocalVariable variable = scope.variable(name(), LocalVariable.Attribute.NONE);
        scope.activate(variable);
        FunctionBody body = function(false, line).body();
        variable.bindsFunction(body);
        return new Statement.LocalFunction(variable, body);
    }

    private Statement localStatement() {
        List<LocalVariable> variables = new ArrayList<>();
        boolean closes = false;
        do {
            String name = name();
            LocalVariable.Attribute attribute = attribute();
            if (attribute == LocalVariable.Attribute.CLOSE) {
                if (closes) {
                    throw lexer.errorNear("multiple to-be-closed variables in local list", null);
                }
                closes = true;
            }
            variables.add(scope.variable(name, attribute));
            scope.checkRoom(variables.size());
        } while (accept(Token.COMMA));
        List<Expression> values = accept(Token.ASSIGN) ? expressions() : List.of();
        for (int i = 0; i < variables.size(); i++) {
            variables.get(i)
                    .declare(i < values.size() && !isOpenEnd(values, i, variables.size()) ? values.get(i) : null);
            scope.activate(variables.get(i));
        }
        return new Statement.Local(variables, values, lexer.previousLine());
    }

    private static boolean isOpenEnd(List<Expression> values, int i, int wanted) {
        return i == values.size() - 1 && wanted > values.size() && values.get(i).isMulti();
    }

    private LocalVariable.Attribute attribute() {
        if (!accept(Token.LESS)) {
            return LocalVariable.Attribute.NONE;
        }
        String attribute = name();
        expect(Token.GREATER);
        return switch (attribute) {
            case "const" -> LocalVariable.Attribute.CONST;
            case "close" -> LocalVariable.Attribute.CLOSE;
            default -> throw lexer.errorNear("unknown attribute '" + attribute + "'", null);
        };
    }

    private Statement labelStatement(int line) {
        lexer.next();
        String name = name();
        expect(Token.LABEL);
        while (token() == Token.SEMICOLON || token() == Token.LABEL) {
            if (token() == Token.LABEL) {
                return chained(name, line);
            }
            lexer.next();
        }
        scope.checkLabel(name);
        return new Statement.LabelStatement(scope.label(name, line, endsBlock(false)));
    }

    /** A label that another one follows: both stand at the end of the block if the other does. */
    private Statement chained(String name, int line) {
        scope.checkLabel(name);
        int otherLine = lexer.line();
        Statement.LabelStatement following = (Statement.LabelStatement) labelStatement(otherLine);
        scope.checkLabel(name);
        Label label = scope.label(name, line, following.label().last());
        return new Statement.Do(new Block(List.of(new Statement.LabelStatement(label), following)));
    }

    private Statement returnStatement() {
        lexer.next();
        List<Expression> values = endsBlock(true) || token() == Token.SEMICOLON ? List.of() : expressions();
        Statement result = new Statement.Return(values, lexer.previousLine());
        accept(Token.SEMICOLON);
        return result;
    }

    private Statement expressionStatement() {
        Expression first = suffixed();
        if (token() != Token.ASSIGN && token() != Token.COMMA) {
            if (first instanceof Expression.Call || first instanceof Expression.MethodCall) {
                return new Statement.CallStatement(first);
            }
            throw lexer.error("syntax error");
        }
        List<Expression> targets = new ArrayList<>();
        targets.add(first);
        checkTarget(first);
        while (accept(Token.COMMA)) {
            Expression target = suffixed();
            checkTarget(target);
            targets.add(target);
            enterLevels(targets.size());
        }
        expect(Token.ASSIGN);
        List<Expression> values = expressions();
        for (int i = 0; i < targets.size(); i++) {
            boolean single = i < values.size() && !isOpenEnd(values, i, targets.size());
            assigned(targets.get(i), single ? values.get(i) : null);
        }
        return new Statement.Assignment(targets, values, lexer.previousLine());
    }

    private void checkTarget(Expression target) {
        if (!(target instanceof Expression.Variable || target instanceof Expression.Index)) {
            throw lexer.error("syntax error");
        }
        checkWritable(target);
    }

    private void checkWritable(Expression target) {
        if (target instanceof Expression.Variable(LocalVariable variable)
                && variable.attribute() != LocalVariable.Attribute.NONE) {
            throw lexer.errorNear("attempt to assign to const variable '" + variable.name() + "'", null);
        }
    }

    private void assigned(Expression target, Expression value) {
        if (target instanceof Expression.Variable(LocalVariable variable)) {
            variable.reassign(value);
        }
    }

    @Override
    Expression.Function function(boolean method, int line) {
        FunctionBody body = new FunctionBody(line);
        scope = new FunctionScope(scope, body, lexer, inspectable);
        scope.open(null);
        expect(Token.OPEN);
        if (method) {
            parameter("self");
        }
        parameters();
        expect(Token.CLOSE);
        Block block = block(null);
        body.end(block, lexer.line());
        closing(Token.END, Token.FUNCTION, line);
        scope.close();
        scope = scope.outer();
        return new Expression.Function(body);
    }

    private void parameters() {
        if (token() == Token.CLOSE) {
            return;
        }
        do {
            if (accept(Token.DOTS)) {
                scope.body().vararg(true);
                return;
            }
            if (token() != Token.NAME) {
                throw lexer.error("<name> or '...' expected");
            }
            parameter(name());
        } while (accept(Token.COMMA));
    }

    private void parameter(String name) {
        LocalVariable variable = opaque(name, LocalVariable.Attribute.NONE);
        scope.body().parameters().add(variable);
        scope.activate(variable);
    }

    private Expression constantName() {
        return new Expression.Constant(string(name()));
    }
}
