package dev.tinysse.jinja;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Filters for lists and maps. {@code ↵} stands for a line break, {@code ␍} for a carriage return, {@code ·} for a space at an edge. */
class ListFilterTest {

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiterString = " => ", quoteCharacter = '¦', textBlock = """
            {{ words|first }} {{ words|last }} [{{ []|first }}{{ []|last }}] => pear fig []
            {{ [3, 1, 2]|min }} {{ [3, 1, 2]|max }} [{{ []|min }}] {{ [1, '1', 1.5]|max }} => 1 3 [] 1
            {{ [1, 2.5]|sum }} {{ []|sum }} => 3.5 0
            {{ words|length }} {{ m|count }} => 3 3
            """)
    void shouldTakeSingleElements(String template, String expected) {
        assertThat(TestTemplates.render(template)).isEqualTo(TestTemplates.breaks(expected));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiterString = " => ", quoteCharacter = '¦', textBlock = """
            {{ words|sort }} {{ words|sort(case_sensitive=true) }} {{ words|sort(reverse=true) }} => ["Apple", "fig", "pear"] ["Apple", "fig", "pear"] ["pear", "fig", "Apple"]
            {{ [3, 'a', 1.5, none, true, [1], {'a': 1}]|sort }} => [none, true, 1.5, 3, "a", [1], {"a": 1}]
            {{ people|sort(attribute='age')|map(attribute='name')|join(' ') }} => Di al Bo Cy
            {{ people|sort(attribute='name', reverse=true)|map(attribute='name')|join(' ') }} => Di Cy Bo al
            """)
    void shouldSort(String template, String expected) {
        assertThat(TestTemplates.render(template)).isEqualTo(TestTemplates.breaks(expected));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiterString = " => ", quoteCharacter = '¦', textBlock = """
            {{ m|dictsort }} {{ {'b': 1, 'a': 2}|dictsort(by='value') }} {{ m|dictsort(reverse=true) }} {{ m|dictsort(case_sensitive=true) }} => [["a", "x"], ["b", 2], ["C", 1]] [["b", 1], ["a", 2]] [["C", 1], ["b", 2], ["a", "x"]] [["C", 1], ["a", "x"], ["b", 2]]
            {{ m|items }} {{ m|list }} {{ m|join('-') }} => [["C", 1], ["a", "x"], ["b", 2]] ["C", "a", "b"] C-a-b
            """)
    void shouldSortMaps(String template, String expected) {
        assertThat(TestTemplates.render(template)).isEqualTo(TestTemplates.breaks(expected));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiterString = " => ", quoteCharacter = '¦', textBlock = """
            {% for age, group in people|groupby('age') %}{{ age }}:{{ group|map(attribute='name')|join('+') }};{% endfor %} => :Di;20:al;30:Bo+Cy;
            {% for g in people|groupby('age', default=99) %}{{ g.grouper }}={{ g.list|length }} {% endfor %} => 20=1 30=2 99=1·
            {{ ['a', 'A', 'b']|unique }} {{ ['a', 'A', 'b']|unique(case_sensitive=true) }} {{ people|unique(attribute='age')|length }} => ["a", "b"] ["a", "A", "b"] 3
            """)
    void shouldGroup(String template, String expected) {
        assertThat(TestTemplates.render(template)).isEqualTo(TestTemplates.breaks(expected));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiterString = " => ", quoteCharacter = '¦', textBlock = """
            {{ words|map('upper') }} {{ words|map('replace', 'p', 'P') }} => ["PEAR", "APPLE", "FIG"] ["Pear", "APPle", "fig"]
            {{ people|map(attribute='age', default=0) }} {{ [[1, 2], [3]]|map(attribute=0) }} => [30, 20, 30, 0] [1, 3]
            {{ nested|map(attribute='x.y', default='-') }} => ["-", [1, 2]]
            """)
    void shouldMap(String template, String expected) {
        assertThat(TestTemplates.render(template)).isEqualTo(TestTemplates.breaks(expected));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiterString = " => ", quoteCharacter = '¦', textBlock = """
            {{ nums|select('odd') }} {{ nums|reject('odd') }} {{ [0, 1, '', none]|select }} {{ [0, 1]|reject }} => [3, 1] [2, 2.5] [1] [0]
            {{ people|selectattr('age', 'gt', 25)|map(attribute='name') }} {{ people|rejectattr('age')|map(attribute='name') }} => ["Bo", "Cy"] ["Di"]
            {{ nums|select('in', [1, 2]) }} {{ nums|select('>', 1) }} => [1, 2] [3, 2, 2.5]
            """)
    void shouldSelect(String template, String expected) {
        assertThat(TestTemplates.render(template)).isEqualTo(TestTemplates.breaks(expected));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiterString = " => ", quoteCharacter = '¦', textBlock = """
            {{ [1, 2, 3]|batch(2) }} {{ [1, 2, 3]|batch(2, 'x') }} => [[1, 2], [3]] [[1, 2], [3, "x"]]
            {{ [1, 2, 3, 4, 5]|slice(2) }} {{ [1, 2, 3, 4, 5]|slice(2, 'x') }} {{ [1]|slice(3) }} => [[1, 2, 3], [4, 5]] [[1, 2, 3], [4, 5, "x"]] [[1], [], []]
            """)
    void shouldCutIntoParts(String template, String expected) {
        assertThat(TestTemplates.render(template)).isEqualTo(TestTemplates.breaks(expected));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiterString = " => ", quoteCharacter = '¦', textBlock = """
            {{ words|join(', ') }} {{ words|join }} {{ [1, none, 'x']|join('-') }} {{ 'abc'|join('.') }} [{{ undef|join('-') }}] => pear, Apple, fig pearApplefig 1-none-x a.b.c []
            {{ 'ab'|list }} {{ range(3)|list }} {{ [1, 2]|reverse|list }} => ["a", "b"] [0, 1, 2] [2, 1]
            """)
    void shouldJoinAndList(String template, String expected) {
        assertThat(TestTemplates.render(template)).isEqualTo(TestTemplates.breaks(expected));
    }
}
