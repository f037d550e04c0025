package dev.tinysse.luahooks.packages;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tinysse.lua.CallLimits;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Values and errors; what the public cases look at is not repeated here. */
@Timeout(60)
class SqlitePackageTest {

    private final TestScripts scripts = new TestScripts(new SqlitePackage(() -> CallLimits.NONE));

    @BeforeEach
    void openDatabase() {
        scripts.run("sqlite = require 'sqlite'; db = sqlite.open(':memory:')");
    }

    @AfterEach
    void close() {
        scripts.close();
    }

    @Test
    void shouldGiveBackRandomBytes() {
        assertThat(scripts.run("""
                math.randomseed(20261124)
                local function random(last)
                  local bytes = {}
                  for k = 1, math.random(0, 40) do bytes[k] = string.char(math.random(0, last)) end
                  return table.concat(bytes)
                end
                local wrong, columns = 0, {}
                for k = 1, 100 do columns[k] = '? as v' .. k end
                local sql = 'select ' .. table.concat(columns, ', ')
                for i = 1, 1000 do
                  local values = {}
                  for k = 1, 100 do values[k] = random(k % 2 == 0 and 255 or 127) end
                  local row = db:query(sql, values)[1]
                  for k = 1, 100 do
                    if row['v' .. k] ~= values[k] then wrong = wrong + 1 end
                  end
                end
                return wrong""")).isEqualTo("0");
    }

    @Test
    void shouldGiveTextThatIsNotUtf8AsItIs() {
        assertThat(scripts.run("""
                local v = db:query("select cast(x'61ff00fe62' as text) as v, typeof(cast(x'ff' as text)) as kind")[1]
                return v.v == 'a\\255\\0\\254b', v.kind, db:query('select 1 as still')[1].still"""))
                .isEqualTo("true text 1");
    }

    @Test
    void shouldReadDatabasesInUtf16() {
        assertThat(scripts.run("""
                db:exec "pragma encoding = 'UTF-16'"
                db:exec("create table t (x)")
                db:exec("insert into t values (?)", {'h\\u{e9}\\u{1f600}'})
                return db:query('select x from t')[1].x""")).isEqualTo("hé😀");
    }

    @ParameterizedTest
    @CsvSource({"0/0, null", "1/0, real", "-0.0, real", "json_null, null", "tostring(12), text", "2^53, real"})
    void shouldStoreValuesByTheirType(String value, String type) {
        assertThat(scripts.run("json_null = db.null; return db:query('select typeof(?) as t', {" + value + "})[1].t"))
                .isEqualTo(type);
    }

    @Test
    void shouldKnowOneNull() {
        assertThat(scripts.run("return sqlite.null == db.null, db:query('select null as n')[1].n == sqlite.null"))
                .isEqualTo("true true");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"nonsense | near \"nonsense\": syntax error", "select x | no such column: x",
            "select * from x | no such table: x", "select (1 | incomplete input", "'' | not an error",
            "; | not an error",
            "commit | cannot commit - no transaction is active",
            "select load_extension('x') | not authorized",
            "select ?, ?2 | Wrong number of parameters passed to query. Got 0, needed 2",
            "select abs(-9223372036854775808) | integer overflow"})
    void shouldFailWithTheTextOfSqlite(String sql, String message) {
        assertThatThrownBy(() -> scripts.run("db:query([[" + sql + "]])")).hasMessageStartingWith(message);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "db:exec(nil) | bad argument #2 to `Connection.exec`: error converting Lua nil to String",
            "db:query('select 1', 5) | bad argument #3 to `Connection.query`: error converting Lua integer to table",
            "db.exec('select 1') | bad argument `self` to `Connection.exec`",
            "db:query('select ?', {{}}) | cannot convert Lua type 'table' to SQLite",
            "db:query('select ?', {db}) | cannot convert Lua type 'userdata' to SQLite",
            "sqlite.open('no/such/x.db') | unable to open database file: no/such/x.db",
            "sqlite.open('a\\0b') | nul byte found in provided data at position: 1",
            "sqlite.open('/') | unable to open database file: /"})
    void shouldRefuseWrongArguments(String call, String message) {
        assertThatThrownBy(() -> scripts.run(call)).hasMessageStartingWith(message);
    }

    @Test
    void shouldGoOnAfterAQueryBeyondTheTimeLimitInAnotherCall() {
        CallLimits limits = new CallLimits(Duration.ofMillis(50), 0);
        try (TestScripts limited = new TestScripts(new SqlitePackage(() -> limits))) {
            limited.run("db = require 'sqlite'.open(':memory:')");
            String endless = "with recursive c(x) as (select 1 union all select x + 1 from c) select count(*) from c";
            assertThatThrownBy(() -> limited.run("pcall(db.query, db, '" + endless + "') while true do end"))
                    .hasMessageContaining("time limit exceeded");
            assertThat(limited.run("return db:query('select 1 as v')[1].v")).isEqualTo("1");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {
            "with recursive c(x) as (select 1 union all select x + 1 from c limit 1000000) select x from c",
            "with recursive c(x) as (select 1 union all select x + 1 from c) select zeroblob(100000) from c"})
    void shouldEndACallWhoseRowsTakeTooMuchMemory(String sql) {
        CallLimits limits = new CallLimits(Duration.ZERO, 10_000_000);
        try (TestScripts limited = new TestScripts(new SqlitePackage(() -> limits))) {
            limited.run("db = require 'sqlite'.open(':memory:')");
            assertThatThrownBy(() -> limited.run("db:query('" + sql + "')")).hasMessageContaining("not enough memory");
            assertThat(limited.run("return db:query('select 1 as v')[1].v")).isEqualTo("1");
        }
    }

    @Test
    void shouldWaitInsideOfCoroutines() {
        assertThat(scripts.run("""
                local rows = coroutine.wrap(function()
                  for _, row in ipairs(db:query "select 1 as v union select 2") do coroutine.yield(row.v) end
                end)
                return rows(), rows()""")).isEqualTo("1 2");
    }
}
