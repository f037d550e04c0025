package dev.tinysse.lua.compile;

import dev.tinysse.lua.syntax.Expression;
import org.luaj.vm2.LuaString;

/** Code for table constructors. */
final class TableConstructors {

    private final Emitter emitter;
    private final Expressions expressions;

    TableConstructors(Emitter emitter, Expressions expressions) {
        this.emitter = emitter;
        this.expressions = expressions;
    }

    void push(Expression.TableConstructor table) {
        int positional = (int) table.keys().stream().filter(key -> key == null).count();
        boolean open = !table.values().isEmpty() && table.keys().getLast() == null
                && table.values().getLast().isMulti();
        emitter.runtime();
        emitter.code.loadConstant(open ? positional - 1 : positional);
        emitter.code.loadConstant(table.keys().size() - positional);
        emitter.callVirtual(Names.RUNTIME, "newTable", "IIT");
        fields(table, 1);
    }

    /** Sets fields of the table on the stack, and leaves it there; positional ones from {@code first} on. */
    void fields(Expression.TableConstructor table, int first) {
        int index = first;
        int last = table.keys().size() - 1;
        for (int i = 0; i <= last; i++) {
            emitter.code.dup();
            Expression key = table.keys().get(i);
            Expression value = table.values().get(i);
            if (key != null) {
                field(key, value, table.line());
            } else {
                element(index++, value, i == last && value.isMulti());
            }
        }
        table.parts().forEach(part -> expressions.parts().fields(part, table.line()));
    }

    private void field(Expression key, Expression value, int line) {
        if (key instanceof Expression.Constant(LuaString name)) {
            emitter.constant(name);
            expressions.value(value);
            emitter.callVirtual(Names.TABLE, "rawset", "SV0");
        } else {
            expressions.value(key);
            expressions.value(value);
            emitter.site(line);
            emitter.call(Names.INDEXING, "rawset", "TVV0");
        }
    }

    private void element(int index, Expression value, boolean open) {
        emitter.code.loadConstant(index);
        if (open) {
            expressions.multi(value);
            emitter.callVirtual(Names.TABLE, "elements", "IM0");
        } else {
            expressions.value(value);
            emitter.callVirtual(Names.TABLE, "element", "IV0");
        }
    }
}
