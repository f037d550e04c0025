package dev.tinysse.jinja;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TemplateFolderTest {

    @TempDir
    Path folder;

    private Path pages;
    private TemplateLibrary library;

    @BeforeEach
    void fillTheFolder() throws IOException {
        pages = Files.createDirectories(folder.resolve("pages/mail")).getParent();
        Files.writeString(folder.resolve("outside.txt"), "secret");
        Files.writeString(pages.resolve("hello.txt"), "hello {{ m.a }}");
        Files.writeString(pages.resolve(".hidden"), "secret");
        Files.writeString(pages.resolve("mail/body.txt"), "{% include 'hello.txt' %}!");
        Files.createSymbolicLink(pages.resolve("out.txt"), folder.resolve("outside.txt"));
        Files.createSymbolicLink(pages.resolve("in.txt"), pages.resolve("hello.txt"));
        library = library(Map.of());
    }

    private TemplateLibrary library(Map<String, String> templates) {
        return new TemplateLibrary(
                new TemplateOptions(Optional.of(pages), templates, Autoescape.HTML, Whitespace.DEFAULT));
    }

    private String render(String name) {
        return library.render(name, TestTemplates.CONTEXT, Budget.UNLIMITED);
    }

    @Test
    void shouldRenderFiles() {
        assertThat(render("hello.txt")).isEqualTo("hello x");
        assertThat(render("mail/body.txt")).isEqualTo("hello x!");
        assertThat(render("in.txt")).isEqualTo("hello x");
    }

    @ParameterizedTest
    @ValueSource(strings = {"nothing.txt", "", ".", "..", "../outside.txt", "mail/../../outside.txt", "/etc/hostname",
            ".hidden", "mail", "mail/", "mail//body.txt", "./hello.txt", "mail\\body.txt", "hello.txt\0", "out.txt"})
    void shouldNotFindWhatIsNoFileInTheFolder(String name) {
        assertThatExceptionOfType(TemplateException.class).isThrownBy(() -> render(name))
                .withMessageStartingWith("template not found: ");
    }

    @Test
    void shouldPreferTemplatesToFiles() {
        library = library(Map.of("hello.txt", "mine"));
        assertThat(render("mail/body.txt")).isEqualTo("mine!");
    }

    @Test
    void shouldKeepAFileUntilItIsRemoved() throws IOException {
        render("hello.txt");
        Files.writeString(pages.resolve("hello.txt"), "changed");
        assertThat(render("hello.txt")).isEqualTo("hello x");
        library.remove("hello.txt");
        assertThat(render("hello.txt")).isEqualTo("changed");
    }

    @Test
    void shouldTellAboutFilesThatAreNotText() throws IOException {
        Files.write(pages.resolve("binary"), new byte[]{(byte) 0xff});
        assertThatExceptionOfType(TemplateException.class).isThrownBy(() -> render("binary"))
                .withMessageContaining("could not read template: \"binary\" is not UTF-8");
    }

    @Test
    void shouldFindNothingInAFolderThatIsNotThere() {
        pages = folder.resolve("nowhere");
        library = library(Map.of());
        assertThatExceptionOfType(TemplateException.class).isThrownBy(() -> render("hello.txt"))
                .withMessageStartingWith("template not found: ");
    }
}
