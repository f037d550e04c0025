package dev.tinysse.luahooks.packages.support;

import dev.tinysse.lua.function.Args;
import dev.tinysse.lua.function.Builtin;
import dev.tinysse.lua.runtime.LuaRuntime;
import dev.tinysse.lua.runtime.Metatables;
import dev.tinysse.lua.value.LuaException;
import dev.tinysse.lua.value.Strings;
import dev.tinysse.lua.value.Table;
import dev.tinysse.lua.value.Userdata;
import dev.tinysse.lua.value.Values;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;

/**
 * A type of objects that packages give to scripts, and of the packages themselves. A script can call the members of such
 * an object and compare it; an unknown member is nil, and nothing can be assigned.
 *
 * @param <T> what an object holds
 */
public final class ObjectType<T> {

    private final Table metatable;

    private ObjectType(Table metatable) {
        this.metatable = metatable;
    }

    /** A function without a self. */
    @FunctionalInterface
    public interface Body {

        /** Runs it; the results are {@link LuaValue#NONE}, one value, or {@link Values#of}. */
        Varargs call(Arguments arguments);
    }

    /** A function whose first argument, in front of the colon, is an object of the type. */
    @FunctionalInterface
    public interface Method<T> {

        /** Runs it on {@code self}; results as for {@link Body}. */
        Varargs call(T self, Arguments arguments);
    }

    /**
     * Starts a type.
     *
     * @param runtime the engine of the scripts that will see its objects
     * @param name    what messages and {@code tostring} call it
     * @param content the class of what an object holds
     */
    public static <T> Builder<T> named(LuaRuntime runtime, String name, Class<T> content) {
        return new Builder<>(runtime, name, content);
    }

    /** An object of this type. */
    public Userdata<T> wrap(T content) {
        return new Userdata<>(content, metatable);
    }

    /** Collects the members of a type. */
    public static final class Builder<T> {

        private final LuaRuntime runtime;
        private final String name;
        private final Class<T> content;
        private final Table metatable;
        private final Table members;

        private Builder(LuaRuntime runtime, String name, Class<T> content) {
            this.runtime = runtime;
            this.name = name;
            this.content = content;
            this.metatable = runtime.newTable();
            this.members = runtime.newTable();
            metatable.rawset(Metatables.NAME, Strings.of(name));
            metatable.rawset(Metatables.METATABLE, LuaValue.FALSE);
        }

        /** Adds a function, called with a dot. */
        public Builder<T> function(String member, Body body) {
            return constant(member, builtin(member, body, 0));
        }

        /** Adds a method, called with a colon. */
        public Builder<T> method(String member, Method<T> body) {
            return constant(member, builtin(member, body));
        }

        /** Adds any value. */
        public Builder<T> constant(String member, LuaValue value) {
            members.rawset(member, value);
            metatable.rawset(Metatables.INDEX, members);
            return this;
        }

        /** Makes the objects themselves functions. */
        public Builder<T> call(Body body) {
            metatable.rawset(Metatables.CALL, builtin("__call", body, 1));
            return this;
        }

        /** Makes each object itself a function of that object. */
        public Builder<T> callMethod(Method<T> body) {
            metatable.rawset(Metatables.CALL, builtin("__call", body));
            return this;
        }

        /** The finished type. */
        public ObjectType<T> build() {
            return new ObjectType<>(metatable);
        }

        /** Makes a package of one object of this type: it is what {@code require} finds under the name {@code module}. */
        public void install(String module, T object) {
            runtime.loaded().rawset(module, build().wrap(object));
        }

        private Builtin builtin(String member, Body body, int leading) {
            String function = name + "." + member;
            return Builtin.of(runtime, function,
                    args -> body.call(new Arguments(runtime, function, args.all(), leading)));
        }

        private Builtin builtin(String member, Method<T> body) {
            String function = name + "." + member;
            return Builtin.of(runtime, function,
                    args -> body.call(self(function, args), new Arguments(runtime, function, args.all(), 1)));
        }

        private T self(String function, Args args) {
            if (args.value(1) instanceof Userdata<?> object && object.metatable() == metatable) {
                return content.cast(object.content);
            }
            throw new LuaException("bad argument `self` to `" + function + "`: " + diagnostic(args), null);
        }

        private String diagnostic(Args args) {
            if (args.value(1) instanceof Userdata<?>) {
                return "userdata is not expected type";
            }
            return args.count() == 0
                    ? new ConversionException("missing argument", "userdata").getMessage()
                    : new ConversionException(Conversion.nameOf(args.value(1)), "userdata",
                            "expected userdata of type '" + name + "'").getMessage();
        }
    }
}
