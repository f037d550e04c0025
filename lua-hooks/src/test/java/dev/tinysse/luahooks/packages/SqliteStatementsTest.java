package dev.tinysse.luahooks.packages;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.tinysse.lua.CallLimits;
import dev.tinysse.luahooks.packages.TestScripts.RunningScript;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The effects of statements on a database: whole texts, transactions, several calls at once. */
@Timeout(60)
class SqliteStatementsTest {

    private final SqlitePackage sqlite = new SqlitePackage(() -> CallLimits.NONE);
    private final TestScripts scripts = new TestScripts(sqlite, new SleepPackage());

    @BeforeEach
    void openDatabase() {
        scripts.run("""
                sqlite = require 'sqlite'
                db = sqlite.open(':memory:')
                db:exec 'create table t (x integer primary key)'
                function rows() return db:query('select count(*) as n from t')[1].n end""");
    }

    @AfterEach
    void close() {
        scripts.close();
    }

    @Test
    void shouldRunAllStatementsOfAText() {
        assertThat(scripts.run("""
                local done = db:exec([[
                  insert into t values (?); -- the first
                  create trigger more after insert on t when new.x = 10 begin
                    insert into t values (11); insert into t values (12);
                  end;
                  insert into t values (:a), (:b);]], {1, 2, 10})
                return done.rows_affected, done.last_insert_id, rows()""")).isEqualTo("3 10 5");
    }

    @ParameterizedTest
    @ValueSource(strings = {"insert into t values (1); nonsense", "insert into t values (1); insert into t values (1)",
            "insert into t values (1); select 1", "insert into t values (1) returning x",
            "insert into t values (1); insert into t values (2) returning x", "insert into t values (?); select 1",
            "begin; insert into t values (1); nonsense", "begin; insert into t values (1); commit; begin; begin",
            "insert into t values (1); insert or rollback into t values (1)"})
    void shouldLeaveNothingOfATextThatFails(String sql) {
        assertThatThrownBy(() -> scripts.run("db:exec '" + sql + "'")).isNotNull();
        String left = sql.contains("commit") ? "1" : "0";
        assertThat(scripts.run("return rows()")).isEqualTo(left);
        assertThat(scripts.run("db:exec 'begin' db:exec 'commit' return 'no transaction left'")).startsWith("no");
    }

    @Test
    void shouldKeepTheTransactionAroundATextThatFails() {
        assertThat(scripts.run("""
                db:exec 'begin'
                db:exec 'insert into t values (1)'
                pcall(db.exec, db, 'insert into t values (2); nonsense')
                pcall(db.exec, db, 'begin; insert into t values (3)')
                db:exec 'commit'
                return rows()""")).isEqualTo("1");
    }

    @Test
    void shouldRunATextWithItsOwnTransaction() {
        assertThat(scripts.run("""
                db:exec 'begin; insert into t values (1); commit'
                db:exec 'insert into t values (2); savepoint s; insert into t values (3); rollback to s; release s'
                return rows()""")).isEqualTo("2");
    }

    @Test
    void shouldGiveTheRowsOfTheLastStatement() {
        assertThat(scripts.run("return #db:query 'insert into t values (1), (2); select 9; select x from t'"))
                .isEqualTo("2");
        assertThat(scripts.run("return #db:query 'select 9; insert into t values (3)'")).isEqualTo("0");
    }

    @Test
    void shouldCountNoRowsForAStatementThatChangesNone() {
        assertThat(scripts.run("""
                db:exec 'insert into t values (1), (2)'
                return db:exec('create table u (x)').rows_affected, db:exec('begin').rows_affected,
                  db:exec('pragma foreign_keys = on').rows_affected, db:exec('delete from t').rows_affected"""))
                .isEqualTo("0 0 0 2");
    }

    @Test
    void shouldFailForKeysThatAreMissedAtTheEndOfAText() {
        scripts.run("db:exec 'create table child (x references t (x) deferrable initially deferred)'");
        assertThatThrownBy(() -> scripts.run("db:exec 'insert into child values (1); insert into child values (2)'"))
                .hasMessageStartingWith("FOREIGN KEY constraint failed");
        assertThat(scripts.run("return #db:query 'select * from child'")).isEqualTo("0");
    }

    @Test
    void shouldServeManyCallsAtOnce() {
        List<RunningScript> calls = IntStream.range(0, 100)
                .mapToObj(i -> scripts.start("db:exec('insert into t values (?)', {" + i + "}); return 'done'"))
                .toList();
        assertThat(calls).extracting(RunningScript::results).containsOnly("done");
        assertThat(scripts.run("return rows()")).isEqualTo("100");
    }

    @Test
    void shouldLetOthersRunWhileAFileIsLocked(@TempDir Path folder) {
        scripts.run("""
                one, two = sqlite.open('%1$s'), sqlite.open('%1$s')
                one:exec 'create table t (x)'
                one:exec 'begin immediate'""".formatted(folder.resolve("a b?c%20#.db")));
        RunningScript waiting = scripts.start("asked = true; two:exec 'insert into t values (1)'; return 'written'");
        await().until(() -> scripts.run("return asked").equals("true"));
        scripts.run("one:exec 'commit'");
        assertThat(waiting.results()).isEqualTo("written");
        assertThat(folder.resolve("a b?c%20#.db")).exists();
    }

    @Test
    void shouldStopTheStatementOfACallThatIsInterrupted() {
        RunningScript endless = scripts.start("""
                asked = true
                db:query 'with recursive c(x) as (select 1 union all select x + 1 from c) select count(*) from c'""");
        await().until(() -> scripts.run("return asked").equals("true"));
        endless.interrupt();
        assertThatThrownBy(endless::results).hasMessageContaining("interrupted");
        assertThat(scripts.run("return rows()")).isEqualTo("0");
    }

    @Test
    void shouldCloseAllDatabasesWithThePackage(@TempDir Path folder) {
        scripts.run("""
                opened = sqlite.open('%1$s')
                opened:exec 'create table t (x)'
                opened:exec 'begin exclusive; insert into t values (1)'""".formatted(folder.resolve("kept.db")));
        sqlite.close();
        assertThat(
                scripts.run("return #sqlite.open('%s'):query 'select * from t'".formatted(folder.resolve("kept.db"))))
                .isEqualTo("0");
        assertThatThrownBy(() -> scripts.run("opened:query 'select 1'")).hasMessageContaining("closed");
    }

    @Test
    void shouldCloseDatabasesThatNobodyRefersTo(@TempDir Path folder) {
        scripts.run("""
                db = sqlite.open('%s')
                db:exec 'create table t (x)'
                db:exec 'begin exclusive'
                db = nil""".formatted(folder.resolve("kept.db")));
        await().until(() -> {
            System.gc();
            return scripts.run("""
                    local other = sqlite.open('%s')
                    other:query 'pragma busy_timeout = 0'
                    return (pcall(other.exec, other, 'insert into t values (1)'))"""
                    .formatted(folder.resolve("kept.db"))).equals("true");
        });
    }
}
