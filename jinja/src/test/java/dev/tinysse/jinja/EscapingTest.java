package dev.tinysse.jinja;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Escaping, and text that is not escaped again. {@code ↵} stands for a line break, {@code ␍} for a carriage return, {@code ·} for a space at an edge. */
class EscapingTest {

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiterString = " => ", quoteCharacter = '¦', textBlock = """
            {{ html }} => &lt;i&gt;&#x27;&#x2f;&quot;&amp;
            <b>{{ 'x' }}</b> => <b>x</b>
            {{ [html] }} => [&quot;&lt;i&gt;&#x27;&#x2f;\\&quot;&amp;&quot;]
            {{ {'<': 1} }} => {&quot;&lt;&quot;: 1}
            {{ 'no markup' }} => no markup
            {{ 1.5 }} {{ none }} {{ true }} => 1.5 none true
            """)
    void shouldEscapeForHtml(String template, String expected) {
        assertThat(TestTemplates.renderEscaped(template)).isEqualTo(TestTemplates.breaks(expected));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiterString = " => ", quoteCharacter = '¦', textBlock = """
            {{ html|safe }} => <i>'/"&
            {{ html|e }} => &lt;i&gt;&#x27;&#x2f;&quot;&amp;
            {{ html|e|e }} => &lt;i&gt;&#x27;&#x2f;&quot;&amp;
            {{ html|safe|e }} => <i>'/"&
            {% macro bold(x) %}<b>{{ x }}</b>{% endmacro %}{{ bold(html) }} => <b>&lt;i&gt;&#x27;&#x2f;&quot;&amp;</b>
            {% set x %}<{{ html }}>{% endset %}{{ x }} => <&lt;i&gt;&#x27;&#x2f;&quot;&amp;>
            {{ html|safe is safe }} {{ html is safe }} => true false
            """)
    void shouldNotEscapeTwice(String template, String expected) {
        assertThat(TestTemplates.renderEscaped(template)).isEqualTo(TestTemplates.breaks(expected));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiterString = " => ", quoteCharacter = '¦', textBlock = """
            {{ html|safe|upper }} => &lt;I&gt;&#x27;&#x2f;&quot;&amp;
            {{ html|safe ~ '<' }} => &lt;i&gt;&#x27;&#x2f;&quot;&amp;&lt;
            {% filter upper %}<b>{{ html }}</b>{% endfilter %} => &lt;B&gt;&amp;LT;I&amp;GT;&amp;#X27;&amp;#X2F;&amp;QUOT;&amp;AMP;&lt;&#x2f;B&gt;
            {% filter upper|safe %}<b>{% endfilter %} => <B>
            """)
    void shouldEscapeAgainWhatWasChanged(String template, String expected) {
        assertThat(TestTemplates.renderEscaped(template)).isEqualTo(TestTemplates.breaks(expected));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiterString = " => ", quoteCharacter = '¦', textBlock = """
            {% autoescape false %}{{ html }}{% endautoescape %}{{ html }} => <i>'/"&&lt;i&gt;&#x27;&#x2f;&quot;&amp;
            {% autoescape 'json' %}{{ html }}{{ none }}{{ undef }}{{ [1, '<'] }}{% endautoescape %} => "<i>'/\\"&"nullnull[1,"<"]
            {% autoescape 'none' %}{% autoescape true %}{{ html }}{% endautoescape %}{% endautoescape %} => &lt;i&gt;&#x27;&#x2f;&quot;&amp;
            """)
    void shouldObeyTheModeOfABlock(String template, String expected) {
        assertThat(TestTemplates.renderEscaped(template)).isEqualTo(TestTemplates.breaks(expected));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiterString = " => ", quoteCharacter = '¦', textBlock = """
            {{ html|tojson }} => "\\u003ci\\u003e\\u0027/\\"\\u0026"
            {{ [1, 'a', true, none, 1.0, undef]|tojson }} => [1,"a",true,null,1.0,null]
            {{ {true: 1, 2: 3, 'a': {}}|tojson }} => {"true":1,"2":3,"a":{}}
            {{ [1, {'a': []}]|tojson(true) }} => [↵  1,↵  {↵    "a": []↵  }↵]
            {{ [1, {'a': 2}]|tojson(indent=1) }} => [↵ 1,↵ {↵  "a": 2↵ }↵]
            {{ [1e16, 1e-5, 1e-6, 1/0]|tojson }} => [1e16,0.00001,1e-6,null]
            """)
    void shouldWriteJsonThatIsSafeInHtml(String template, String expected) {
        assertThat(TestTemplates.renderEscaped(template)).isEqualTo(TestTemplates.breaks(expected));
    }
}
