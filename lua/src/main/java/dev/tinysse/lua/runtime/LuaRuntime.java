package dev.tinysse.lua.runtime;

import dev.tinysse.lua.compile.ChunkLoader;
import dev.tinysse.lua.coroutine.Coroutine;
import dev.tinysse.lua.memory.CallMemory;
import dev.tinysse.lua.memory.Ledger;
import dev.tinysse.lua.value.Invocable;
import dev.tinysse.lua.value.LuaException;
import dev.tinysse.lua.value.Strings;
import dev.tinysse.lua.value.Table;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.luaj.vm2.LuaString;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;

/**
 * The state of one engine and the operations of the language that look at metatables. Libraries and compiled code work on
 * it. For one thread at a time: whoever holds the engine's lock; only {@link Budget#stop} may come from outside.
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
    private Coroutine running = Coroutine.main(this);
    private final Table globals = newTable();
    private final Table loaded = newTable();
    private final Table registry = newTable();

    /** A state of its own, whose built-ins wait without letting anybody else run. */
    public LuaRuntime() {
        this(Runnable::run);
    }

    /** @param outside runs what waits, with the engine's lock let go */
    @SuppressWarnings("OptionalOfRedundantMethod") // it is there for its frame
    public LuaRuntime(Consumer<Runnable> outside) {
        this.outside = outside;
        // a class that is first used at the end of the stack could never be initialized any more; a trace with a frame
        // of the JDK in it needs them all
        Optional.of(this).ifPresent(state -> Frames.of(state, new StackOverflowError()));
    }

    /** The Java stack of the running call or coroutine. */
    public CallStack stack() {
        return stack;
    }

    /** The globals of scripts. */
    public Table globals() {
        return globals;
    }

    /** What {@code require} has loaded: {@code package.loaded}. */
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

    /** What tells the objects of this engine apart. */
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

    /** The functions that were running where {@code error} was raised, innermost first. */
    public List<Activation> activations(Throwable error) {
        return Frames.of(this, error);
    }

    Class<?> classNamed(String name) {
        return chunks.classNamed(name);
    }

    /** The error that the running message handler deals with; null if none runs. */
    Throwable handled() {
        return handled;
    }

    /** Begins or ends a message handler; gives the error that the one around it deals with. */
    Throwable handled(Throwable error) {
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

    /** {@code object[key]}, with metamethods. */
    public LuaValue index(LuaValue object, LuaValue key) {
        return Indexing.index(this, object, key);
    }

    /** {@code object[key] = value}, with metamethods. */
    public void setIndex(LuaValue object, LuaValue key, LuaValue value) {
        Indexing.setIndex(this, object, key, value);
    }

    /** {@code a == b}, with metamethods. */
    public boolean equal(LuaValue a, LuaValue b) {
        return Comparison.equal(this, a, b);
    }

    /** {@code a < b}, with metamethods. */
    public boolean less(LuaValue a, LuaValue b) {
        return Comparison.less(this, a, b);
    }

    /** {@code a <= b}, with metamethods. */
    public boolean lessOrEqual(LuaValue a, LuaValue b) {
        return Comparison.lessOrEqual(this, a, b);
    }

    /** {@code #value}, with metamethods. */
    public LuaValue length(LuaValue value) {
        return Indexing.length(this, value);
    }

    /** Calls {@code function}, or what its {@code __call} says, and gives all results. */
    public Varargs invoke(LuaValue function, Varargs arguments) {
        return Calls.invoke(this, function, arguments);
    }

    /** The same with the first result alone. */
    public LuaValue call(LuaValue function, LuaValue a) {
        return Calls.call(this, function, a);
    }

    /** The same with the first result alone. */
    public LuaValue call(LuaValue function, LuaValue a, LuaValue b) {
        return Calls.call(this, function, a, b);
    }

    /** What {@code tostring} gives, with {@code __tostring} and {@code __name}. */
    public LuaString toText(LuaValue value) {
        return Text.of(this, value);
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
     * Compiles a chunk.
     *
     * @param source its text; a binary chunk is refused
     * @param chunkName its name: {@code @} and a path, {@code =} and a word, or the text itself
     * @param environment its {@code _ENV}, usually {@link #globals}
     * @return the function that runs it
     * @throws LuaException if it is not Lua
     */
    public Invocable load(byte[] source, String chunkName, LuaValue environment) {
        return ChunkLoader.load(this, source, chunkName, environment);
    }

    /**
     * To be called now and then by whatever runs long in Java without calling Lua.
     *
     * @throws LuaException if the call must end
     */
    public void poll() {
        budget.poll();
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
     * Runs something that waits, outside of the engine's lock: other calls run meanwhile. Works in coroutines too.
     *
     * @param work what to do; it must not touch the engine or any of its values
     * @throws Exception what {@code work} throws
     */
    public <T> T block(Callable<T> work) throws Exception {
        return Coroutine.block(this, work);
    }

    /** Runs {@code work}, during which no coroutine can be suspended: what PUC Lua does in C. */
    public <T> T withoutYield(Supplier<T> work) {
        return Coroutine.withoutYield(this, work);
    }

    /** The running coroutine, or the main stack. */
    public Coroutine running() {
        return running;
    }

    /** Says which coroutine is running now; for {@link Coroutine} alone. */
    public void running(Coroutine coroutine) {
        running = coroutine;
    }

    /** Waits on the main stack, with the engine's lock let go; for {@link Coroutine} alone. */
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
        running = Coroutine.main(this);
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

    /** What of the state belongs to the running call. */
    public CallState suspend() {
        return new CallState(running, stack.state(), budget.memory(), budget.unasked(), budget.exhaustion());
    }

    /** Goes back to a call. */
    public void resume(CallState state) {
        running = state.running();
        stack.become(state.stack());
        budget.become(state.memory(), state.unasked(), state.exhausted());
    }

    /**
     * Calls {@code function} as the first on its stack.
     *
     * @throws LuaException whatever goes wrong, also a stack or heap that is too small
     */
    public Varargs guarded(Invocable function, Varargs arguments) {
        return Errors.guarded(this, function, arguments);
    }

    /** The same for a message of any bytes. */
    public LuaException error(LuaString message) {
        LuaString position = Strings.of(Frames.position(1));
        return new LuaException(Concatenation.concat(this, position, message));
    }

    /** An error with the position of the Lua function that called the running built-in in front, to be thrown. */
    public LuaException error(String message) {
        return new LuaException(Strings.of(Frames.position(1) + message));
    }
}
