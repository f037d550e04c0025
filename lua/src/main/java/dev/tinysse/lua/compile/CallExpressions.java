package dev.tinysse.lua.compile;

import dev.tinysse.lua.frames.Site;
import dev.tinysse.lua.syntax.Expression;
import dev.tinysse.lua.syntax.LocalVariable;
import java.util.List;

/** Code for calls: up to three arguments go by themselves, more in a list. */
final class CallExpressions {

    private static final int MAX_DIRECT = 3;

    private final Emitter emitter;
    private final ValueCode expressions;
    private final Variables variables;

    CallExpressions(Emitter emitter, ValueCode expressions, Variables variables) {
        this.emitter = emitter;
        this.expressions = expressions;
        this.variables = variables;
    }

    /** The first result of a call. */
    void single(Expression call) {
        if (enter(call, "call", 'V', false)) {
            return;
        }
        emitter.call(Names.VALUES, "first", "MV");
    }

    /** All results of a call. */
    void all(Expression call) {
        enter(call, "invoke", 'M', false);
    }

    /** All results of a call that is the last act of the function, perhaps left to the caller. */
    void tail(Expression call) {
        enter(call, "tail", 'M', true);
    }

    /** Calls the overload of this name; false if it was the one that takes a list, which gives all results. */
    private boolean enter(Expression call, String overload, char result, boolean tail) {
        List<Expression> arguments;
        Site site;
        Site.Presence presence = tail ? Site.Presence.REPLACED : Site.Presence.WAITING;
        int receivers = 0;
        switch (call) {
            case Expression.Call(Expression function, List<Expression> list, int line) -> {
                function(function);
                arguments = list;
                site = Site.call(line, expressions.describe(function), presence);
            }
            case Expression.MethodCall method -> {
                method(method);
                receivers = 1;
                arguments = method.arguments();
                site = Site.call(method.line(), Descriptions.method(method.name()), presence);
            }
            default -> throw new IllegalStateException("no call: " + call);
        }
        boolean open = !arguments.isEmpty() && arguments.getLast().isMulti();
        int count = receivers + arguments.size();
        if (open && count == 1) {
            expressions.multi(arguments.getFirst());
        } else if (!open && count <= MAX_DIRECT) {
            arguments.forEach(expressions::value);
            leave(tail);
            emitter.site(site);
            emitter.callVirtual(Names.INVOCABLE, overload, "V".repeat(count) + result);
            return true;
        } else {
            expressions.list(arguments);
            if (receivers == 1) {
                emitter.call(Names.VALUES, "of", "VMM");
            }
        }
        leave(tail);
        emitter.site(site);
        emitter.callVirtual(Names.INVOCABLE, overload.equals("call") ? "invoke" : overload, "MM");
        return false;
    }

    /** The function that is called last takes the place of this one. */
    private void leave(boolean tail) {
        if (tail) {
            emitter.leave();
        }
    }

    private void function(Expression function) {
        if (function instanceof Expression.Variable(LocalVariable variable) && variables.isSelf(variable)) {
            emitter.code.aload(0);
            return;
        }
        emitter.runtime();
        expressions.value(function);
        emitter.call(Names.CALLS, "function", "RVF");
    }

    /** Pushes the method and the object. */
    private void method(Expression.MethodCall call) {
        int mark = emitter.mark();
        expressions.value(call.object());
        int object = emitter.slot(Kind.VALUE);
        emitter.code.astore(object);
        emitter.runtime();
        emitter.runtime();
        emitter.code.aload(object);
        emitter.constant(call.name());
        emitter.site(
                new Site(call.line(), List.of(expressions.describe(call.object())), Descriptions.method(call.name()),
                        Site.Presence.WAITING));
        emitter.call(Names.INDEXING, "index", "RVSV");
        emitter.call(Names.CALLS, "function", "RVF");
        emitter.code.aload(object);
        emitter.release(mark);
    }
}
