package dev.tinysse.lua.compile;

import dev.tinysse.lua.syntax.Expression;
import java.util.List;
import org.luaj.vm2.LuaString;

/** Code for table constructors. */
final class TableConstructors {

    private final Emitter emitter;
    private final ValueCode expressions;
    private final Parts parts;

    TableConstructors(Emitter emitter, ValueCode expressions, Parts parts) {
        this.emitter = emitter;
        this.expressions = expressions;
        this.parts = parts;
    }

    void push(Expression.TableConstructor table) {
        List<Expression.Field> fields = table.fields();
        int positional = (int) fields.stream().filter(Expression.Field::isPositional).count();
        boolean open = !fields.isEmpty() && fields.getLast().isPositional() && fields.getLast().value().isMulti();
        emitter.runtime();
        emitter.code.loadConstant(open ? positional - 1 : positional);
        emitter.code.loadConstant(fields.size() - positional);
        emitter.callVirtual(Names.RUNTIME, "newTable", "IIT");
        fields(table, 1);
    }

    /** Sets fields of the table on the stack, and leaves it there; positional ones from {@code first} on. */
    void fields(Expression.TableConstructor table, int first) {
        int index = first;
        for (Expression.Field field : table.fields()) {
            emitter.code.dup();
            if (field.isPositional()) {
                boolean last = field == table.fields().getLast();
                element(index++, field.value(), last && field.value().isMulti());
            } else {
                keyed(field.key(), field.value(), field.line());
            }
        }
        table.parts().forEach(part -> parts.fields(part, table.line()));
    }

    private void keyed(Expression key, Expression value, int line) {
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
