package dev.tinysse.lua.compile;

import dev.tinysse.lua.frames.Site;
import dev.tinysse.lua.syntax.Expression;
import dev.tinysse.lua.syntax.FunctionBody;

/**
 * Code that runs parts of a function. For Lua it is the function that runs, so the frame that waits for a part is not
 * shown. A part gives nothing, or an {@link dev.tinysse.lua.runtime.Exit} if it ends the function or jumps out.
 */
final class Parts {

    private final Emitter emitter;
    private final ValueCode expressions;

    Parts(Emitter emitter, ValueCode expressions) {
        this.emitter = emitter;
        this.expressions = expressions;
    }

    /** Pushes the value of an expression. */
    void value(Expression.Part part) {
        run(part.body(), part.line());
        emitter.call(Names.VALUES, "first", "MV");
    }

    /** Pushes what comes of a part. */
    void run(FunctionBody part, int line) {
        expressions.function(part);
        arguments(part);
        invoke(line);
    }

    /** Has a part set fields of the table on the stack, which stays there. */
    void fields(FunctionBody part, int line) {
        emitter.code.dup();
        int table = emitter.slot(Kind.VALUE);
        emitter.code.astore(table);
        expressions.function(part);
        emitter.code.aload(table);
        arguments(part);
        emitter.call(Names.VALUES, "of", "VMM");
        invoke(line);
        emitter.code.pop();
        emitter.release(table);
    }

    private void arguments(FunctionBody part) {
        if (part.vararg()) {
            expressions.multi(new Expression.Dots());
        } else {
            emitter.none();
        }
    }

    private void invoke(int line) {
        emitter.site(Site.hidden(line));
        emitter.callVirtual(Names.INVOCABLE, "invoke", "MM");
    }

    /** Pushes the results of the function that {@code outcome} brings, null if the function goes on. */
    void results(int outcome) {
        emitter.code.aload(outcome);
        emitter.call(Names.EXIT, "results", "MM");
    }

    /** Pushes whether {@code outcome} is a jump by exit {@code number}. */
    void jumps(int outcome, int number) {
        emitter.code.aload(outcome);
        emitter.code.loadConstant(number);
        emitter.call(Names.EXIT, "isJump", "MIZ");
    }

    /** Ends this part and the function with the results on the stack. */
    void leave() {
        emitter.call(Names.EXIT, "with", "MM");
        emitter.code.areturn();
    }

    /** Leaves this part by a jump. */
    void leave(int exit) {
        emitter.code.loadConstant(exit);
        emitter.call(Names.EXIT, "by", "IM");
        emitter.code.areturn();
    }
}
