package dev.tinysse.lua.runtime;

import dev.tinysse.lua.memory.CallMemory;
import dev.tinysse.lua.memory.Ledger;
import dev.tinysse.lua.value.LuaException;
import dev.tinysse.lua.value.Strings;
import dev.tinysse.lua.value.Table;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.function.Consumer;
import org.luaj.vm2.LuaString;
import org.luaj.vm2.LuaValue;

/**
 * The state of one engine, which libraries and compiled code work on; the operations of the language are {@code Indexing},
 * {@code Calls}, {@code Comparison} and their like. For one thread at a time, which holds the engine's lock; only {@link Budget#stop} may come from outside.
 */
public final class LuaRuntime {

    private final Consumer<Runnable> outside;
    private final Chunks chunks = new Chunks();
    private final CallStack stack = new CallStack();
    private Throwable handled;
    private boolean inspectable;
    private final Budget budget = new Budget(stack);
    private final Metatables metatables = new Metatables();
    private final Addresses addresses = new Addresses();
    private RunningStack running;
    private final Table globals = newTable();
    private final Table loaded = newTable();
    private final Table registry = newTable();

    /** A state of its own, whose built-ins wait without letting anybody else run. */
    public LuaRuntime() {
        this(Runnable::run);
    }

    /** @param outside runs what waits, with the engine's lock let go */
    public LuaRuntime(Consumer<Runnable> outside) {
        this.outside = outside;
    }

    /** The Java stack of the running call or coroutine. */
    public CallStack stack() {
        return stack;
    }

    /** The globals of scripts. */
    public Table globals() {
        return globals;
    }

    /** The modules loaded by {@code require}: {@code package.loaded}. */
    public Table loaded() {
        return loaded;
    }

    /** A table that scripts do not see, for libraries. */
    public Table registry() {
        return registry;
    }

    /** The deadline and the memory allowance of the running call. */
    public Budget budget() {
        return budget;
    }

    /** The metatables of this engine. */
    public Metatables metatables() {
        return metatables;
    }

    /** The identity of the objects of this engine. */
    public Addresses addresses() {
        return addresses;
    }

    /** Whether scripts have {@code debug}, so that the sharing of variables between functions must be exact. */
    public boolean inspectable() {
        return inspectable;
    }

    /** Compiles from now on what {@code debug} can look into. */
    public void makeInspectable() {
        inspectable = true;
    }

    /** Names the package of a new chunk that {@code loader} holds; for the compiler. */
    public String nameChunk(ClassLoader loader) {
        return chunks.add(loader);
    }

    Class<?> classNamed(String name) {
        return chunks.classNamed(name);
    }

    /** The error that the running message handler deals with; null if none runs. */
    public Throwable handled() {
        return handled;
    }

    /** Begins or ends a message handler; gives the error that the one around it deals with. */
    public Throwable handled(Throwable error) {
        Throwable outer = handled;
        handled = error;
        return outer;
    }

    /** A new empty table. */
    public Table newTable() {
        budget.charge(Table.bytes(0));
        return new Table(budget);
    }

    /** A new empty table with room. */
    public Table newTable(int elements, int entries) {
        budget.charge(Table.bytes(elements));
        return new Table(budget, elements, entries);
    }

    /** The metatable of {@code value}, null if it has none. */
    public Table metatable(LuaValue value) {
        return metatables.of(value);
    }

    /** The metamethod {@code event} ({@code __index} and so on) of {@code value}, nil if it has none. */
    public LuaValue metamethod(LuaValue value, LuaString event) {
        return metatables.method(value, event);
    }

    /** The type of {@code value} for messages: {@code __name} of its metatable if that is a string. */
    public String typeName(LuaValue value) {
        return metatable(value) instanceof Table table && table.rawget(Metatables.NAME) instanceof LuaString name
                ? Strings.text(name)
                : value.typename();
    }

    /**
     * To be called now and then by whatever runs long in Java without calling Lua.
     *
     * @throws LuaException if the call must end
     */
    public void poll() {
        budget.poll();
    }

    /** {@return why the call must end at its next step, without a position; empty if it may go on} */
    public String exhaustion() {
        return budget.exhaustion();
    }

    /**
     * Counts memory about to be taken for a string; tables count for themselves.
     *
     * @throws LuaException if the call would hold more than it may
     */
    public void charge(long bytes) {
        budget.charge(bytes);
    }

    /**
     * Counts memory that was taken outside of the engine while the call waited, and is the call's now.
     *
     * @throws LuaException if the call holds more than it may
     */
    public void receive(long bytes) {
        budget.receive(bytes);
    }

    /** The running coroutine; null for the main stack of a call in which nobody has asked for it. */
    public RunningStack running() {
        return running;
    }

    /** Says which coroutine is running now; for coroutines alone. */
    public void running(RunningStack stack) {
        running = stack;
    }

    /** Waits on the main stack, with the engine's lock let go; for coroutines alone. */
    public <T> T waitOutside(Callable<T> work) throws Exception {
        FutureTask<T> task = new FutureTask<>(work);
        outside.accept(task);
        try {
            return task.get();
        } catch (ExecutionException failed) {
            throw failed.getCause() instanceof Exception thrown ? thrown : failed;
        }
    }

    /** Begins a call that may hold so many bytes, 0 for any number; gives the state to go back to. */
    public CallState begin(long bytes) {
        CallState outer = suspend();
        running = null;
        stack.become(CallStack.State.FRESH);
        CallMemory memory = CallMemory.of(bytes);
        budget.become(memory, memory.step(), "");
        return outer;
    }

    /** Ends the running call and goes back to the one around it. */
    public void end(CallState outer) {
        CallMemory memory = budget.memory();
        resume(outer);
        if (memory.isLimited()) {
            Ledger.ofJvm().end(memory);
        }
    }

    /** The part of the state that belongs to the running call. */
    public CallState suspend() {
        return new CallState(running, stack.state(), budget.memory(), budget.unasked(), budget.exhaustion());
    }

    /** Goes back to a call. */
    public void resume(CallState state) {
        running = state.running();
        stack.become(state.stack());
        budget.become(state.memory(), state.unasked(), state.exhausted());
    }
}
