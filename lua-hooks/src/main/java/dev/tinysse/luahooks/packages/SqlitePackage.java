package dev.tinysse.luahooks.packages;

import dev.tinysse.lua.CallLimits;
import dev.tinysse.lua.function.Library;
import dev.tinysse.lua.memory.Ledger;
import dev.tinysse.lua.runtime.LuaRuntime;
import dev.tinysse.lua.value.LuaException;
import dev.tinysse.lua.value.LuaFloat;
import dev.tinysse.lua.value.LuaInteger;
import dev.tinysse.lua.value.Strings;
import dev.tinysse.lua.value.Table;
import dev.tinysse.luahooks.packages.support.Arguments;
import dev.tinysse.luahooks.packages.support.ArrayTables;
import dev.tinysse.luahooks.packages.support.Null;
import dev.tinysse.luahooks.packages.support.ObjectType;
import dev.tinysse.luahooks.packages.support.Utf8;
import dev.tinysse.luahooks.packages.support.Waiting;
import dev.tinysse.luahooks.sqlite.Changes;
import dev.tinysse.luahooks.sqlite.Database;
import dev.tinysse.luahooks.sqlite.DatabaseLimits;
import dev.tinysse.luahooks.sqlite.LimitExceededException;
import dev.tinysse.luahooks.sqlite.Rows;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.WeakHashMap;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.luaj.vm2.LuaBoolean;
import org.luaj.vm2.LuaString;
import org.luaj.vm2.LuaValue;

/**
 * The package {@code sqlite}: databases that any number of calls may use at once; they take turns. One that a script has
 * forgotten is closed some time later, and all that are left when the package is closed.
 */
public final class SqlitePackage implements Library, AutoCloseable {

    private static final int ROWS_BETWEEN_POLLS = 1000;
    private static final int VALUE_BYTES = 32;

    private final DatabaseLimits limits;
    private final Set<Database> opened = Collections.synchronizedSet(Collections.newSetFromMap(new WeakHashMap<>()));

    /**
     * @param limits of the running call, asked by any thread: how long it may keep a database at work, and how many bytes the
     *               rows of one result may take
     */
    public SqlitePackage(Supplier<CallLimits> limits) {
        this.limits = new LimitsOfCalls(limits);
    }

    /** The limits of the running call, within the heap of the process. */
    private record LimitsOfCalls(Supplier<CallLimits> running) implements DatabaseLimits {

        @Override
        public Duration time() {
            return running.get().time();
        }

        @Override
        public long memory() {
            return running.get().memory();
        }

        @Override
        public boolean hasRoom(long bytes) {
            return Ledger.ofJvm().hasRoom(bytes);
        }
    }

    @Override
    public void open(LuaRuntime runtime) {
        ObjectType<Database> databases = ObjectType.named(runtime, "Connection", Database.class)
                .method("exec", SqlitePackage::execute).method("query", SqlitePackage::query)
                .constant("null", Null.VALUE).build();
        ObjectType.named(runtime, "Sqlite", SqlitePackage.class)
                .function("open", arguments -> databases.wrap(openDatabase(arguments)))
                .constant("null", Null.VALUE).install("sqlite", this);
    }

    private Database openDatabase(Arguments arguments) {
        String path = arguments.text(1);
        int nul = path.indexOf('\0');
        if (nul >= 0) {
            throw arguments.failure("nul byte found in provided data at position: " + nul);
        }
        Database database = Waiting.on(arguments.runtime(), () -> Database.open(path, limits));
        opened.add(database);
        return database;
    }

    /** Closes all databases that scripts have opened. To be called by any thread, when no script runs any more. */
    @Override
    public void close() {
        List.copyOf(opened).forEach(Database::close);
    }

    private static Table execute(Database database, Arguments arguments) {
        LuaRuntime runtime = arguments.runtime();
        String sql = arguments.text(1);
        List<Object> values = values(arguments);
        Changes changes = waitFor(runtime, () -> database.execute(sql, values));
        Table result = runtime.newTable(0, 2);
        result.rawset("rows_affected", LuaInteger.of(changes.rowsAffected()));
        result.rawset("last_insert_id", LuaInteger.of(changes.lastInsertId()));
        return result;
    }

    private static Table query(Database database, Arguments arguments) {
        LuaRuntime runtime = arguments.runtime();
        String sql = arguments.text(1);
        List<Object> values = values(arguments);
        return table(runtime, waitFor(runtime, () -> database.query(sql, values)));
    }

    /** A call that has gone beyond its limits must end, also if the script catches the error. */
    private static <T> T waitFor(LuaRuntime runtime, Callable<T> work) {
        try {
            return Waiting.on(runtime, work);
        } catch (LimitExceededException e) {
            runtime.budget().stop(e.getMessage(), () -> true);
            throw new LuaException(e.getMessage(), e);
        }
    }

    private static List<Object> values(Arguments arguments) {
        List<Object> values = new ArrayList<>();
        if (!arguments.absent(2)) {
            Table table = arguments.table(2);
            for (long i = 1; !table.rawget(i).isnil(); i++) {
                values.add(toSql(table.rawget(i)));
            }
        }
        return values;
    }

    private static Object toSql(LuaValue value) {
        return switch (value) {
            case LuaInteger number -> number.value;
            case LuaFloat number -> Double.isNaN(number.value) ? null : (Object) number.value;
            case LuaString string -> Utf8.diagnostic(string).isEmpty() ? Strings.text(string) : Strings.bytes(string);
            case LuaBoolean truth -> truth.v ? 1L : 0L;
            case LuaValue other when other == Null.VALUE -> null;
            default ->
                throw new LuaException("cannot convert Lua type '" + value.typename() + "' to SQLite", null);
        };
    }

    private static Table table(LuaRuntime runtime, Rows rows) {
        List<LuaString> columns = rows.columns().stream().map(Strings::of).toList();
        Table table = ArrayTables.mark(runtime, runtime.newTable(rows.values().size(), 0));
        long count = 0;
        for (Object[] row : rows.values()) {
            table.rawset(++count, row(runtime, columns, row));
            if (count % ROWS_BETWEEN_POLLS == 0) {
                runtime.poll();
            }
        }
        return table;
    }

    private static Table row(LuaRuntime runtime, List<LuaString> columns, Object[] values) {
        Table row = runtime.newTable(0, values.length);
        for (int i = 0; i < values.length; i++) {
            row.rawset(columns.get(i), toLua(runtime, values[i]));
        }
        return row;
    }

    private static LuaValue toLua(LuaRuntime runtime, Object value) {
        return switch (value) {
            case null -> Null.VALUE;
            case Long number -> LuaInteger.of(number);
            case Double number -> LuaFloat.of(number);
            case byte[] bytes -> {
                runtime.charge(bytes.length + VALUE_BYTES);
                yield Strings.of(bytes);
            }
            default -> throw new IllegalStateException("no type of SQLite: " + value.getClass());
        };
    }
}
