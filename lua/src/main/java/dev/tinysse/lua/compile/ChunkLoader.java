package dev.tinysse.lua.compile;

import dev.tinysse.lua.frames.ChunkName;
import dev.tinysse.lua.frames.FunctionInfo;
import dev.tinysse.lua.frames.Site;
import dev.tinysse.lua.function.Cell;
import dev.tinysse.lua.function.Closure;
import dev.tinysse.lua.runtime.LuaRuntime;
import dev.tinysse.lua.syntax.FunctionBody;
import dev.tinysse.lua.syntax.LocalVariable;
import dev.tinysse.lua.syntax.Parser;
import dev.tinysse.lua.syntax.Splitter;
import dev.tinysse.lua.value.LuaException;
import java.lang.constant.ClassDesc;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.luaj.vm2.LuaValue;

/**
 * Holds the classes of one chunk: a class for each function, compiled when the function is first made, and the
 * {@link EngineClass}. They go with the chunk's last function.
 */
public final class ChunkLoader extends ClassLoader
        implements
            ChunkClasses,
            CompiledClasses.Loader,
            FunctionInfo.Source {

    private static final String FUNCTION = "F";
    private static final String ENGINE = "Engine";

    /** The beginning of the names of the classes. */
    private final String chunk;
    private final ClassDesc engineClass;
    private final LuaRuntime runtime;
    private final boolean inspectable;
    private final String chunkName;
    private final Map<FunctionBody, Integer> numbers = new IdentityHashMap<>();
    private final List<FunctionBody> bodies = new ArrayList<>();
    private final List<FunctionInfo> infos = new ArrayList<>();
    private final List<LuaValue[]> constants = new ArrayList<>();

    private ChunkLoader(LuaRuntime runtime, String chunkName) {
        super(ChunkLoader.class.getClassLoader());
        this.runtime = runtime;
        this.inspectable = runtime.inspectable();
        this.chunkName = chunkName;
        this.chunk = runtime.nameChunk(this) + ".";
        this.engineClass = ClassDesc.of(chunk + ENGINE);
    }

    /**
     * Compiles a chunk.
     *
     * @param source its text
     * @param chunkName its name, with the {@code @} or {@code =} of the reference manual
     * @param environment its {@code _ENV}
     * @return the function that runs it
     * @throws LuaException if it is not Lua ({@link dev.tinysse.lua.syntax.SyntaxError}), or too large or too deeply
     *         nested for the JVM
     */
    public static Closure load(LuaRuntime runtime, byte[] source, String chunkName, LuaValue environment) {
        try {
            return compiled(runtime, source, chunkName, environment);
        } catch (StackOverflowError tooDeep) {
            throw new LuaException(ChunkName.shortened(chunkName) + ": chunk is nested too deeply", tooDeep);
        }
    }

    private static Closure compiled(LuaRuntime runtime, byte[] source, String chunkName, LuaValue environment) {
        FunctionBody body = Parser.parse(source, chunkName, runtime.inspectable());
        ChunkLoader loader = new ChunkLoader(runtime, chunkName);
        boolean shared = body.upvalues().getFirst().shared();
        try {
            // now, and not by the first function that looks into it: which may have no stack left for that
            Class.forName(loader.chunk + ENGINE, true, loader);
            Class<?> type = loader.loadClass(loader.name(body));
            Closure chunk = (Closure) type.getConstructor().newInstance();
            type.getField(Variables.field(body, body.upvalues().getFirst()))
                    .set(chunk, shared ? new Cell(environment) : environment);
            return chunk;
        } catch (ReflectiveOperationException impossible) {
            throw new IllegalStateException("a compiled chunk has a constructor and an upvalue", impossible);
        }
    }

    private String name(FunctionBody body) {
        return chunk + FUNCTION + numbers.computeIfAbsent(body, _ -> {
            bodies.add(body);
            infos.add(null);
            constants.add(null);
            return bodies.size() - 1;
        });
    }

    private int number(String className) {
        return Integer.parseInt(className.substring(chunk.length() + FUNCTION.length()));
    }

    @Override
    public ClassDesc classOf(FunctionBody body) {
        return ClassDesc.of(name(body));
    }

    @Override
    public ClassDesc engineClass() {
        return engineClass;
    }

    @Override
    public boolean isInspectable() {
        return inspectable;
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
        if (!name.startsWith(chunk)) {
            return super.loadClass(name, resolve);
        }
        Class<?> loaded = findLoadedClass(name);
        return loaded != null ? loaded : define(name);
    }

    private Class<?> define(String name) {
        ClassDesc type = ClassDesc.of(name);
        byte[] bytes = type.equals(engineClass) ? EngineClass.compile(type) : compile(name, type);
        return defineClass(name, bytes, 0, bytes.length);
    }

    private byte[] compile(String name, ClassDesc type) {
        int number = number(name);
        FunctionBody body = bodies.get(number);
        FunctionCompiler.Result result = compiled(body, type);
        constants.set(number, result.constants().toArray(LuaValue[]::new));
        infos.set(number, info(body, result.sites()));
        bodies.set(number, null);
        numbers.remove(body);
        return result.bytes();
    }

    private FunctionCompiler.Result compiled(FunctionBody body, ClassDesc name) {
        try {
            return new FunctionCompiler(body, name, this).compile();
        } catch (IllegalArgumentException tooLarge) {
            Splitter.split(body, inspectable);
        }
        try {
            return new FunctionCompiler(body, name, this).compile();
        } catch (IllegalArgumentException stillTooLarge) {
            int line = body.function().line();
            String what = line == 0 ? "main function" : "function at line " + line;
            throw new LuaException(
                    ChunkName.shortened(chunkName) + ":" + Math.max(1, body.line()) + ": " + what + " is too large",
                    stillTooLarge);
        }
    }

    private FunctionInfo info(FunctionBody compiled, List<Site> sites) {
        FunctionBody body = compiled.function();
        return new FunctionInfo(chunkName, body.line(), body.lastLine(), names(body.parameters()), body.vararg(),
                names(body.upvalues()), sites);
    }

    private static List<String> names(List<LocalVariable> variables) {
        return variables.stream().map(LocalVariable::name).toList();
    }

    @Override
    public FunctionInfo functionInfo(String className) {
        return infos.get(number(className));
    }

    @Override
    public LuaRuntime runtime() {
        return runtime;
    }

    @Override
    public LuaValue[] constants(String className) {
        return constants.get(number(className));
    }
}
