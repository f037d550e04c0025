package dev.tinysse.luahooks.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SqlTextTest {

    @Test
    void shouldSplitAtSemicolons() {
        assertThat(SqlText.statements("select 1; select 2 ;\n select 3")).containsExactly("select 1", "select 2 ",
                "select 3");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " \t\r\n\f", ";", ";;; ;", "-- nothing", "/* nothing; */ ;", "/* not closed"})
    void shouldFindNothingWhereThereIsNothing(String sql) {
        assertThat(SqlText.statements(sql)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"select 'a;b'", "select 'it''s; fine'", "select \"a;b\"", "select `a;b`", "select [a;b]",
            "select 1 -- a;b\n + 1", "select /* ; */ 1", "select 'not closed; ", "select '--', 2"})
    void shouldNotSplitInsideOfQuotesAndComments(String sql) {
        assertThat(SqlText.statements(sql + ";\nselect 2").getFirst()).startsWith(sql);
        assertThat(SqlText.statements(sql)).containsExactly(sql);
    }

    @Test
    void shouldNotTakeOperatorsForComments() {
        assertThat(SqlText.statements("select 3 - 1; select 4 / 2; select 2 * 3")).hasSize(3);
    }

    @ParameterizedTest
    @ValueSource(strings = {
            "create trigger a after insert on t begin insert into u values (1); delete from u; end",
            "CREATE TEMP TRIGGER a after insert on t BEGIN select case when 1 then 2 end; END",
            "explain query plan create temporary trigger a after insert on t begin select 1; end",
            "create trigger a after insert on t begin select 'end;'; /* ; end; */ end",
            "create /* here */ trigger a after insert on t begin select x.end; select 1;\n-- bye\nend"})
    void shouldKeepTriggersWhole(String trigger) {
        assertThat(SqlText.statements(trigger + "; select 1")).containsExactly(trigger, "select 1");
    }

    @Test
    void shouldTakeATableNamedLikeATriggerForATable() {
        assertThat(SqlText.statements("create table trigger_log (x); select 1")).hasSize(2);
        assertThat(SqlText.statements("create table \"trigger\" (x); select 1")).hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"begin", "BEGIN IMMEDIATE", "Begin;"})
    void shouldKnowWhatBeginsATransaction(String sql) {
        assertThat(SqlText.beginsTransaction(sql)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"beginning", "select 1", "end", ""})
    void shouldKnowWhatBeginsNoTransaction(String sql) {
        assertThat(SqlText.beginsTransaction(sql)).isFalse();
    }
}
