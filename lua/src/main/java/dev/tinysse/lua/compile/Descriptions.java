package dev.tinysse.lua.compile;

import dev.tinysse.lua.syntax.Expression;
import dev.tinysse.lua.syntax.FunctionBody;
import dev.tinysse.lua.syntax.LocalVariable;
import dev.tinysse.lua.syntax.LocalVariable.Attribute;
import dev.tinysse.lua.value.LuaInteger;
import dev.tinysse.lua.value.Strings;
import dev.tinysse.lua.value.Values;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.luaj.vm2.LuaString;
import org.luaj.vm2.LuaValue;

/** The name of the value of an expression in messages: {@code local 'x'}, {@code field 'user'}. */
final class Descriptions {

    /** PUC Lua has such indexes in the instruction and says so. */
    private static final int MAX_SMALL_INDEX = 255;

    private Descriptions() {}

    /** The description of {@code expression} within {@code body}; empty if it has none. */
    static String of(Expression expression, FunctionBody body) {
        return switch (expression) {
            case Expression.Variable(LocalVariable variable) when isCompileTimeConstant(variable) ->
                of(Expression.assignedTo(variable).getFirst(), body);
            case Expression.Variable(LocalVariable variable) ->
                (isLocal(variable, body) ? "local '" : "upvalue '") + text(variable.name()) + "'";
            case Expression.Index(Expression object, Expression key, int _) -> field(object, key);
            case Expression.Parenthesized(Expression inner) -> of(inner, body);
            case Expression.Constant(LuaString string) -> "constant '" + untilZero(Strings.text(string)) + "'";
            // of these PUC Lua leaves the right operand alone
            case Expression.And(Expression.Constant(LuaValue left), Expression right) when Values.truth(left) ->
                of(right, body);
            case Expression.Or(Expression.Constant(LuaValue left), Expression right) when !Values.truth(left) ->
                of(right, body);
            default -> "";
        };
    }

    /** Whether it is one of the variables that PUC Lua replaces by their values while it compiles. */
    private static boolean isCompileTimeConstant(LocalVariable variable) {
        List<Expression> assigned = Expression.assignedTo(variable);
        return variable.attribute() == Attribute.CONST && assigned != null && assigned.size() == 1
                && assigned.getFirst() instanceof Expression.Constant;
    }

    private static boolean isLocal(LocalVariable variable, FunctionBody body) {
        return variable.owner() != null && variable.owner().function() == body.function();
    }

    /** The description of the function that {@code object:name()} calls. */
    static String method(LuaString name) {
        return "method '" + Strings.text(name) + "'";
    }

    private static String field(Expression object, Expression key) {
        if (key instanceof Expression.Constant(LuaString name)) {
            boolean global = object instanceof Expression.Variable(LocalVariable table) && table.name().equals("_ENV");
            return (global ? "global '" : "field '") + Strings.text(name) + "'";
        }
        boolean small = key instanceof Expression.Constant(LuaInteger index) && index.value >= 0
                && index.value <= MAX_SMALL_INDEX;
        return small ? "field 'integer index'" : "field '?'";
    }

    private static String text(String name) {
        return new String(name.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
    }

    /** Messages of PUC Lua are made in C, for which a text ends at the first byte 0. */
    private static String untilZero(String text) {
        int zero = text.indexOf('\0');
        return zero < 0 ? text : text.substring(0, zero);
    }
}
