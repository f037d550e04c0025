package dev.tinysse.lua.compile;

import dev.tinysse.lua.syntax.BinaryOperator;
import dev.tinysse.lua.syntax.Expression;
import dev.tinysse.lua.syntax.FunctionBody;
import dev.tinysse.lua.syntax.LocalVariable;
import dev.tinysse.lua.value.LuaFloat;
import dev.tinysse.lua.value.LuaInteger;
import java.lang.classfile.Label;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.util.ArrayList;
import java.util.List;
import org.luaj.vm2.LuaString;
import org.luaj.vm2.LuaValue;

/** Code for expressions. Each method leaves what it says on the Java stack. */
final class Expressions implements ValueCode {

    private final Emitter emitter;
    private final Variables variables;
    private final Operators operators;
    private final Conditions conditions;
    private final CallExpressions calls;
    private final Parts parts;
    /** The Java variable with the extra arguments; below 0 in a function without. */
    private int dots = -1;

    Expressions(Emitter emitter, Variables variables) {
        this.emitter = emitter;
        this.variables = variables;
        this.operators = new Operators(emitter, this);
        this.conditions = new Conditions(emitter, this);
        this.calls = new CallExpressions(emitter, this, variables);
        this.parts = new Parts(emitter, this);
    }

    Conditions conditions() {
        return conditions;
    }

    CallExpressions calls() {
        return calls;
    }

    Parts parts() {
        return parts;
    }

    void dots(int slot) {
        dots = slot;
    }

    @Override
    public void push(Expression expression, Kind wanted) {
        Kind kind = push(expression);
        if (kind == wanted) {
            return;
        }
        if (wanted == Kind.VALUE) {
            emitter.box(kind);
        } else if (kind == Kind.VALUE) {
            emitter.unbox(wanted);
        } else if (wanted == Kind.DOUBLE) {
            emitter.code.l2d();
        } else {
            throw new IllegalStateException("a float is no integer");
        }
    }

    @Override
    public void value(Expression expression) {
        push(expression, Kind.VALUE);
    }

    @Override
    public Kind push(Expression expression) {
        switch (expression) {
            case Expression.Constant(LuaInteger number) -> emitter.code.loadConstant(number.value);
            case Expression.Constant(LuaFloat number) -> emitter.code.loadConstant(number.value);
            case Expression.Constant(LuaValue value) -> emitter.constant(value);
            case Expression.Variable(LocalVariable variable) -> variables.load(variable);
            case Expression.Parenthesized(Expression inner) -> {
                return push(inner);
            }
            case Expression.Dots _ -> {
                emitter.code.aload(dots);
                emitter.call(Names.VALUES, "first", "MV");
            }
            case Expression.Index index -> index(index);
            case Expression.Call _,Expression.MethodCall _ -> calls.single(expression);
            case Expression.Function(FunctionBody body) -> function(body);
            case Expression.Part part -> parts.value(part);
            case Expression.Binary binary -> {
                return binary(binary);
            }
            case Expression.Unary unary -> {
                return operators.unary(unary);
            }
            case Expression.Not _ -> conditions.truthValue(expression);
            case Expression.And(Expression left, Expression right) -> choice(left, right, false);
            case Expression.Or(Expression left, Expression right) -> choice(left, right, true);
            case Expression.TableConstructor table -> new TableConstructors(emitter, this, parts).push(table);
        }
        return emitter.types.of(expression);
    }

    private Kind binary(Expression.Binary binary) {
        return switch (binary.operator()) {
            case EQUAL, NOT_EQUAL, LESS, LESS_EQUAL, GREATER, GREATER_EQUAL -> {
                conditions.truthValue(binary);
                yield Kind.VALUE;
            }
            case CONCAT -> {
                concat(binary);
                yield Kind.VALUE;
            }
            default -> operators.binary(binary);
        };
    }

    /** {@code left or right} if {@code or}, else {@code left and right}. */
    private void choice(Expression left, Expression right, boolean or) {
        Label end = emitter.label();
        value(left);
        emitter.code.dup();
        emitter.call(Names.VALUES, "truth", "VZ");
        if (or) {
            emitter.code.ifne(end);
        } else {
            emitter.code.ifeq(end);
        }
        emitter.code.pop();
        value(right);
        emitter.bind(end);
    }

    private void index(Expression.Index index) {
        emitter.runtime();
        value(index.object());
        String type = key(index.key());
        emitter.operator(index.line(), "index", describe(index.object()));
        emitter.call(Names.INDEXING, "index", "RV" + type + "V");
    }

    /** Pushes a key; gives the letter of its type. */
    String key(Expression key) {
        if (key instanceof Expression.Constant(LuaString _)) {
            push(key);
            return "S";
        }
        Kind kind = emitter.types.of(key);
        push(key, kind == Kind.LONG ? kind : Kind.VALUE);
        return kind == Kind.LONG ? "J" : "V";
    }

    @Override
    public String describe(Expression expression) {
        return Descriptions.of(expression, emitter.body);
    }

    private void concat(Expression.Binary binary) {
        List<Expression> parts = new ArrayList<>();
        Expression rest = binary;
        int line = binary.line();
        while (bare(rest) instanceof Expression.Binary next && next.operator() == BinaryOperator.CONCAT) {
            parts.add(next.left());
            rest = next.right();
            line = next.line();
        }
        parts.add(rest);
        emitter.runtime();
        boolean pair = parts.size() == 2;
        if (pair) {
            value(parts.get(0));
            value(parts.get(1));
        } else {
            array(parts);
        }
        String[] operands = new String[parts.size()];
        for (int i = 0; i < operands.length; i++) {
            operands[i] = describe(parts.get(i));
        }
        emitter.operator(line, "concat", operands);
        emitter.call(Names.CONCATENATION, "concat", pair ? "RVVV" : "RAV");
    }

    private static Expression bare(Expression expression) {
        return expression instanceof Expression.Parenthesized(Expression inner) ? bare(inner) : expression;
    }

    /** An array of the single values of {@code expressions}. */
    void array(List<Expression> expressions) {
        emitter.code.loadConstant(expressions.size());
        emitter.code.anewarray(Names.VALUE);
        for (int i = 0; i < expressions.size(); i++) {
            emitter.code.dup();
            emitter.code.loadConstant(i);
            value(expressions.get(i));
            emitter.code.aastore();
        }
    }

    @Override
    public void multi(Expression expression) {
        if (expression instanceof Expression.Dots) {
            emitter.code.aload(dots);
        } else {
            calls.all(expression);
        }
    }

    @Override
    public void list(List<Expression> expressions) {
        if (expressions.isEmpty()) {
            emitter.none();
            return;
        }
        Expression last = expressions.getLast();
        if (last.isMulti()) {
            leading(expressions.subList(0, expressions.size() - 1), last);
        } else if (expressions.size() == 1) {
            value(last);
        } else {
            array(expressions);
            emitter.call(Names.VALUES, "of", "AM");
        }
    }

    private void leading(List<Expression> singles, Expression last) {
        switch (singles.size()) {
            case 0 -> multi(last);
            case 1 -> {
                value(singles.getFirst());
                multi(last);
                emitter.call(Names.VALUES, "of", "VMM");
            }
            default -> {
                array(singles);
                multi(last);
                emitter.call(Names.VALUES, "of", "AMM");
            }
        }
    }

    /** A new closure. Its upvalues are more than a constructor could take. */
    @Override
    public void function(FunctionBody body) {
        ClassDesc type = emitter.chunk.classOf(body);
        emitter.code.new_(type);
        emitter.code.dup();
        emitter.code.invokespecial(type, ConstantDescs.INIT_NAME, ConstantDescs.MTD_void);
        for (LocalVariable upvalue : Variables.captured(body)) {
            emitter.code.dup();
            variables.capture(upvalue);
            emitter.code.putfield(type, Variables.field(body, upvalue), Variables.fieldType(upvalue));
        }
    }
}
