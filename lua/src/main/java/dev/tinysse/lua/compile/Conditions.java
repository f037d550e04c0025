package dev.tinysse.lua.compile;

import dev.tinysse.lua.syntax.Expression;
import java.lang.classfile.Label;
import java.lang.classfile.Opcode;
import org.luaj.vm2.LuaBoolean;
import org.luaj.vm2.LuaString;
import org.luaj.vm2.LuaValue;

/** Code that branches. */
final class Conditions {

    private final Emitter emitter;
    private final ValueCode expressions;

    Conditions(Emitter emitter, ValueCode expressions) {
        this.emitter = emitter;
        this.expressions = expressions;
    }

    /** Pushes the boolean that {@code condition}, a comparison or {@code not}, gives. */
    void truthValue(Expression condition) {
        Label no = emitter.label();
        Label end = emitter.label();
        jump(condition, false, no);
        emitter.constant(LuaValue.TRUE);
        emitter.code.goto_(end);
        emitter.bind(no);
        emitter.constant(LuaValue.FALSE);
        emitter.bind(end);
    }

    /** Goes to {@code target} if the truth of {@code condition} is {@code when}, else on. */
    void jump(Expression condition, boolean when, Label target) {
        switch (condition) {
            case Expression.Not(Expression operand) -> jump(operand, !when, target);
            case Expression.Parenthesized(Expression inner) -> jump(inner, when, target);
            case Expression.And(Expression left, Expression right) -> chain(left, right, false, when, target);
            case Expression.Or(Expression left, Expression right) -> chain(left, right, true, when, target);
            case Expression.Constant(LuaValue value) -> {
                boolean truth = value != LuaValue.NIL && value != LuaValue.FALSE;
                if (truth == when) {
                    emitter.code.goto_(target);
                }
            }
            case Expression.Binary binary when comparison(binary, when, target) -> {
            }
            default -> {
                expressions.value(condition);
                emitter.call(Names.VALUES, "truth", "VZ");
                branch(when, target);
            }
        }
    }

    /** {@code left or right} if {@code or}, else {@code left and right}. */
    private void chain(Expression left, Expression right, boolean or, boolean when, Label target) {
        if (or == when) {
            jump(left, when, target);
            jump(right, when, target);
        } else {
            Label on = emitter.label();
            jump(left, !when, on);
            jump(right, when, target);
            emitter.bind(on);
        }
    }

    private void branch(boolean when, Label target) {
        if (when) {
            emitter.code.ifne(target);
        } else {
            emitter.code.ifeq(target);
        }
    }

    private boolean comparison(Expression.Binary binary, boolean when, Label target) {
        Expression left = binary.left();
        Expression right = binary.right();
        switch (binary.operator()) {
            case EQUAL -> equality(left, right, binary.line(), when, target);
            case NOT_EQUAL -> equality(left, right, binary.line(), !when, target);
            case LESS -> order("less", left, right, false, binary.line(), when, target);
            case LESS_EQUAL -> order("lessOrEqual", left, right, false, binary.line(), when, target);
            case GREATER -> order("less", left, right, true, binary.line(), when, target);
            case GREATER_EQUAL -> order("lessOrEqual", left, right, true, binary.line(), when, target);
            default -> {
                return false;
            }
        }
        return true;
    }

    private void equality(Expression left, Expression right, int line, boolean when, Label target) {
        if (left instanceof Expression.Constant && !(right instanceof Expression.Constant)) {
            equality(right, left, line, when, target);
            return;
        }
        Kind leftKind = emitter.types.of(left);
        Kind rightKind = emitter.types.of(right);
        if (leftKind == rightKind && leftKind.isPrimitive()) {
            expressions.push(left);
            expressions.push(right);
            if (leftKind == Kind.LONG) {
                emitter.code.lcmp();
            } else {
                emitter.code.dcmpl();
            }
            branch(!when, target);
        } else if (right instanceof Expression.Constant(LuaValue value)
                && (value == LuaValue.NIL || value instanceof LuaBoolean)) {
            expressions.value(left);
            emitter.constant(value);
            if (when) {
                emitter.code.if_acmpeq(target);
            } else {
                emitter.code.if_acmpne(target);
            }
        } else if (right instanceof Expression.Constant(LuaString _)) {
            expressions.value(right);
            expressions.value(left);
            emitter.callVirtual(Names.STRING, "raweq", "VZ");
            branch(when, target);
        } else if (leftKind == Kind.VALUE && rightKind.isPrimitive()) {
            expressions.value(left);
            expressions.push(right);
            emitter.call(Names.NUMBER_OPERATORS, "equal", "V" + Operators.letter(rightKind) + "Z");
            branch(when, target);
        } else {
            emitter.runtime();
            expressions.value(left);
            expressions.value(right);
            emitter.operator(line, "eq");
            emitter.call(Names.COMPARISON, "equal", "RVVZ");
            branch(when, target);
        }
    }

    /** {@code left name right}, or {@code right name left} if {@code swapped}; the left one is computed first. */
    private void order(String name, Expression left, Expression right, boolean swapped, int line, boolean when,
            Label target) {
        Kind leftKind = emitter.types.of(left);
        Kind rightKind = emitter.types.of(right);
        if (leftKind == rightKind && leftKind.isPrimitive()) {
            expressions.push(left);
            expressions.push(right);
            primitiveOrder(leftKind, name.equals("lessOrEqual"), swapped, when, target);
            return;
        }
        if (leftKind.isPrimitive() && rightKind.isPrimitive()) {
            leftKind = Kind.VALUE;
        }
        if (!swapped) {
            emitter.runtime();
            expressions.push(left, leftKind);
            expressions.push(right, rightKind);
        } else {
            swappedOperands(left, leftKind, right, rightKind);
        }
        emitter.operator(line, name.equals("less") ? "lt" : "le");
        Kind first = swapped ? rightKind : leftKind;
        Kind second = swapped ? leftKind : rightKind;
        boolean general = first == Kind.VALUE && second == Kind.VALUE;
        emitter.call(general ? Names.COMPARISON : Names.NUMBER_OPERATORS, name,
                "R" + Operators.letter(first) + Operators.letter(second) + "Z");
        branch(when, target);
    }

    /** Pushes runtime, right, left, with the left one computed first. */
    private void swappedOperands(Expression left, Kind leftKind, Expression right, Kind rightKind) {
        int mark = emitter.mark();
        expressions.push(left, leftKind);
        int kept = emitter.slot(leftKind);
        emitter.store(leftKind, kept);
        emitter.runtime();
        expressions.push(right, rightKind);
        emitter.load(leftKind, kept);
        emitter.release(mark);
    }

    /** Compares the two primitives on the stack. */
    private void primitiveOrder(Kind kind, boolean orEqual, boolean swapped, boolean when, Label target) {
        if (kind == Kind.LONG) {
            emitter.code.lcmp();
        } else if (swapped) {
            emitter.code.dcmpl();
        } else {
            emitter.code.dcmpg();
        }
        Opcode ifTrue = swapped ? (orEqual ? Opcode.IFGE : Opcode.IFGT) : (orEqual ? Opcode.IFLE : Opcode.IFLT);
        Opcode ifFalse = swapped ? (orEqual ? Opcode.IFLT : Opcode.IFLE) : (orEqual ? Opcode.IFGT : Opcode.IFGE);
        emitter.code.branch(when ? ifTrue : ifFalse, target);
    }
}
