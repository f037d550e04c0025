package dev.tinysse.lua.globals;

import dev.tinysse.lua.syntax.BinaryOperator;
import dev.tinysse.lua.syntax.Expression;
import dev.tinysse.lua.syntax.FunctionBody;
import dev.tinysse.lua.syntax.LocalVariable;
import dev.tinysse.lua.syntax.Parser;
import dev.tinysse.lua.syntax.Statement;
import dev.tinysse.lua.syntax.SyntaxError;
import dev.tinysse.lua.syntax.TreeWalker;
import dev.tinysse.lua.value.Strings;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.luaj.vm2.LuaString;
import org.luaj.vm2.LuaValue;

/** Takes down what a chunk does with global names. */
public final class GlobalWalker extends TreeWalker {
    private static final String GLOBALS = "_G";
    private static final String REQUIRE = "require";
    private static final Set<String> LOADERS = Set.of("load", "loadfile", "dofile", REQUIRE);
    /** Functions that do nothing to a table that is their first argument. */
    private static final Set<String> HARMLESS = Set.of("pairs", "next", "rawget", "type", "tostring");

    private final GlobalNames names;

    private GlobalWalker(GlobalNames names) {
        this.names = names;
    }

    /**
     * Reads a chunk and runs nothing.
     *
     * @param source its bytes
     * @param chunkName its name, with the {@code @} or {@code =} of the reference manual
     * @throws SyntaxError if it is not Lua
     */
    public static GlobalNames names(byte[] source, String chunkName) {
        GlobalNames names = new GlobalNames();
        new GlobalWalker(names).function(Parser.parse(source, chunkName, false));
        return names;
    }

    @Override
    protected void function(FunctionBody inner) {
        inner.locals().forEach(local -> names.locals().add(local.name()));
        Statement.Block.of(inner).statements().forEach(this::statement);
    }

    @Override
    protected void statement(Statement statement) {
        switch (statement) {
            case Statement.Assignment assignment -> assignment(assignment);
            case Statement.If choice -> choice.conditions().forEach(this::tested);
            case Statement.While loop -> tested(loop.condition());
            case Statement.Repeat loop -> tested(loop.condition());
            default -> {
            }
        }
        if (!(statement instanceof Statement.Assignment)) {
            super.statement(statement);
        }
    }

    private void assignment(Statement.Assignment assignment) {
        List<Expression> values = assignment.values();
        values.forEach(this::expression);
        for (int i = 0; i < assignment.targets().size(); i++) {
            Expression value = i < values.size() ? values.get(i) : values.getLast();
            switch (assignment.targets().get(i)) {
                case Expression.Index(Expression object, Expression key, int line) when isGlobals(object) ->
                    write(key, line, value);
                case Expression.Variable(LocalVariable variable) when isEnvironment(variable) -> names.open();
                case Expression target -> expression(target);
            }
        }
    }

    private void write(Expression key, int line, Expression value) {
        expression(key);
        constant(key).ifPresentOrElse(name -> names.writes().add(new GlobalNames.Write(name, line, kind(value))),
                names::open);
    }

    private static GlobalNames.Value kind(Expression value) {
        return switch (value) {
            case Expression.Function _ -> GlobalNames.Value.FUNCTION;
            case Expression.Constant(LuaValue constant) when constant.isnil() -> GlobalNames.Value.NIL;
            default -> GlobalNames.Value.OTHER;
        };
    }

    @Override
    protected void expression(Expression expression) {
        switch (expression) {
            case Expression.Variable(LocalVariable variable) when isEnvironment(variable) -> names.open();
            case Expression.Index index when isGlobals(index.object()) -> index(index);
            case Expression.Call call when global(call.function()).isPresent() ->
                call(global(call.function()).get(), call);
            case Expression.TableConstructor table -> {
                table.fields().forEach(this::field);
                table.parts().forEach(this::function);
            }
            default -> {
                operands(expression);
                super.expression(expression);
            }
        }
    }

    private void operands(Expression expression) {
        switch (expression) {
            case Expression.And(Expression left, Expression _) -> tested(left);
            case Expression.Or(Expression left, Expression _) -> tested(left);
            case Expression.Not(Expression operand) -> tested(operand);
            case Expression.Binary binary when isComparison(binary) -> tested(binary);
            default -> {
            }
        }
    }

    /** A name, or a field of {@code _G}, which may well be absent. */
    private void index(Expression.Index index) {
        Optional<String> name = constant(index.key());
        if (!isEnvironment(index.object())) {
            name.ifPresentOrElse(names.tested()::add, () -> expression(index.key()));
        } else if (name.isPresent()) {
            names.reads().add(new GlobalNames.Read(name.get(), index.line()));
            if (name.get().equals(GLOBALS) || LOADERS.contains(name.get())) {
                names.open();
            }
        } else {
            expression(index.key());
        }
    }

    private void call(String function, Expression.Call call) {
        List<Expression> arguments = call.arguments();
        Optional<Expression> first = arguments.stream().findFirst();
        boolean ofGlobals = first.filter(GlobalWalker::isGlobals).isPresent();
        if (function.equals(REQUIRE) && first.flatMap(GlobalWalker::constant).isPresent()) {
            require(first.get(), call.line(), false);
        } else if (function.equals("pcall") && arguments.size() == 2
                && global(arguments.getFirst()).filter(REQUIRE::equals)
                        .isPresent()
                && constant(arguments.getLast()).isPresent()) {
            require(arguments.getLast(), call.line(), true);
        } else if (ofGlobals && function.equals("rawset") && arguments.size() > 2) {
            expression(arguments.get(2));
            write(arguments.get(1), call.line(), arguments.get(2));
        } else {
            if (function.equals("type")) {
                first.ifPresent(this::tested);
            }
            expression(call.function());
            arguments.stream().skip(ofGlobals && HARMLESS.contains(function) ? 1 : 0).forEach(this::expression);
        }
    }

    private void require(Expression module, int line, boolean optional) {
        names.required().add(new GlobalNames.Required(constant(module).orElseThrow(), line, optional));
    }

    private void field(Expression.Field field) {
        if (!field.isPositional()) {
            expression(field.key());
        }
        boolean lookedUp = !field.isPositional() && constant(field.key()).filter("__index"::equals).isPresent()
                && isGlobals(field.value());
        if (!lookedUp) {
            expression(field.value());
        }
    }

    /** Takes down the globals whose truth or presence the condition tests. */
    private void tested(Expression condition) {
        switch (condition) {
            case Expression.And(Expression left, Expression right) -> {
                tested(left);
                tested(right);
            }
            case Expression.Or(Expression left, Expression right) -> {
                tested(left);
                tested(right);
            }
            case Expression.Not(Expression operand) -> tested(operand);
            case Expression.Parenthesized(Expression inner) -> tested(inner);
            case Expression.Binary binary when isComparison(binary) -> {
                tested(binary.left());
                tested(binary.right());
            }
            default -> global(condition).ifPresent(names.tested()::add);
        }
    }

    private static boolean isComparison(Expression.Binary binary) {
        return binary.operator() == BinaryOperator.EQUAL || binary.operator() == BinaryOperator.NOT_EQUAL;
    }

    /** The name of a global, if that is what an expression is. */
    private static Optional<String> global(Expression expression) {
        return expression instanceof Expression.Index index && isEnvironment(index.object())
                ? constant(index.key())
                : Optional.empty();
    }

    private static boolean isGlobals(Expression expression) {
        return isEnvironment(expression) || global(expression).filter(GLOBALS::equals).isPresent();
    }

    private static boolean isEnvironment(Expression expression) {
        return expression instanceof Expression.Variable(LocalVariable variable) && isEnvironment(variable);
    }

    private static boolean isEnvironment(LocalVariable variable) {
        return variable.owner() == null;
    }

    private static Optional<String> constant(Expression expression) {
        return expression instanceof Expression.Constant(LuaValue value) && value instanceof LuaString text
                ? Optional.of(Strings.text(text))
                : Optional.empty();
    }
}
