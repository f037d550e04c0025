package dev.tinysse.lua.compile;

import dev.tinysse.lua.syntax.Expression;
import dev.tinysse.lua.syntax.FunctionBody;
import java.util.List;

/** Code for expressions within others. Each method but the last leaves what it says on the Java stack. */
interface ValueCode {

    /** The value of {@code expression} as what {@link Types} says of it. */
    Kind push(Expression expression);

    /** The value of {@code expression} as {@code wanted}; a primitive is only wanted of what is known to be one. */
    void push(Expression expression, Kind wanted);

    /** The value of {@code expression} as a {@link org.luaj.vm2.LuaValue}. */
    void value(Expression expression);

    /** All values of a call or of {@code ...}. */
    void multi(Expression expression);

    /** All values of a list as one. */
    void list(List<Expression> expressions);

    /** A new closure. */
    void function(FunctionBody body);

    /** The name of {@code expression} in messages. */
    String describe(Expression expression);
}
