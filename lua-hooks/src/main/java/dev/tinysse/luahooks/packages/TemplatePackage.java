package dev.tinysse.luahooks.packages;

import dev.tinysse.jinja.Budget;
import dev.tinysse.jinja.TemplateException;
import dev.tinysse.jinja.TemplateLibrary;
import dev.tinysse.jinja.TemplateOptions;
import dev.tinysse.jinja.Value.Mapping;
import dev.tinysse.lua.function.Library;
import dev.tinysse.lua.runtime.LuaRuntime;
import dev.tinysse.lua.value.Strings;
import dev.tinysse.lua.value.Table;
import dev.tinysse.luahooks.packages.support.Arguments;
import dev.tinysse.luahooks.packages.support.ObjectType;
import dev.tinysse.luahooks.packages.template.CallBudget;
import dev.tinysse.luahooks.packages.template.LibraryOptions;
import dev.tinysse.luahooks.packages.template.LuaValues;
import org.luaj.vm2.LuaString;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.Varargs;

/** The package {@code template}: Jinja2 templates, as text and in libraries. */
public final class TemplatePackage implements Library {

    /** An estimate of what a parsed template takes, in bytes per byte of its text. */
    private static final long PARSED_FACTOR = 8;

    @Override
    public void open(LuaRuntime runtime) {
        var plain = new TemplateLibrary(TemplateOptions.DEFAULT);
        ObjectType<TemplateLibrary> libraries = ObjectType.named(runtime, "Env", TemplateLibrary.class)
                .method("render", TemplatePackage::render)
                .method("renderstring", TemplatePackage::renderString)
                .method("add", TemplatePackage::add)
                .method("remove", TemplatePackage::remove)
                .method("clear", TemplatePackage::clear)
                .build();
        ObjectType.named(runtime, "Template", TemplatePackage.class)
                .function("renderstring", arguments -> renderString(plain, arguments))
                .function("library", arguments -> libraries.wrap(library(arguments)))
                .install("template", this);
    }

    private static TemplateLibrary library(Arguments arguments) {
        TemplateOptions options = arguments.absent(1)
                ? TemplateOptions.DEFAULT
                : LibraryOptions.read(arguments.table(1));
        options.templates().values().forEach(source -> chargeSource(arguments, source));
        try {
            return new TemplateLibrary(options);
        } catch (TemplateException e) {
            throw arguments.failure(e.getMessage());
        }
    }

    private static LuaString render(TemplateLibrary library, Arguments arguments) {
        String name = arguments.text(1);
        return rendered(arguments, (names, budget) -> library.render(name, names, budget));
    }

    private static LuaString renderString(TemplateLibrary library, Arguments arguments) {
        String source = arguments.text(1);
        chargeSource(arguments, source);
        return rendered(arguments, (names, budget) -> library.renderString(source, names, budget));
    }

    private static Varargs add(TemplateLibrary library, Arguments arguments) {
        String name = arguments.text(1);
        String source = arguments.text(2);
        chargeSource(arguments, source);
        try {
            library.add(name, source);
        } catch (TemplateException e) {
            throw arguments.failure(e.getMessage());
        }
        return LuaValue.NONE;
    }

    private static Varargs remove(TemplateLibrary library, Arguments arguments) {
        library.remove(arguments.text(1));
        return LuaValue.NONE;
    }

    private static Varargs clear(TemplateLibrary library, Arguments arguments) {
        library.clear();
        return LuaValue.NONE;
    }

    @FunctionalInterface
    private interface Rendering {
        String render(Mapping names, Budget budget);
    }

    /** Renders with the names of the second argument. */
    private static LuaString rendered(Arguments arguments, Rendering rendering) {
        LuaRuntime runtime = arguments.runtime();
        Table names = arguments.absent(2) ? runtime.newTable() : arguments.table(2);
        Mapping context = LuaValues.context(runtime, names)
                .orElseThrow(() -> arguments.failure("could not serialize to value: recursive table detected"));
        try {
            String text = rendering.render(context, new CallBudget(runtime));
            runtime.charge(text.length());
            return Strings.of(text);
        } catch (TemplateException e) {
            throw arguments.failure(e.getMessage());
        }
    }

    private static void chargeSource(Arguments arguments, String source) {
        arguments.runtime().charge(PARSED_FACTOR * source.length());
    }
}
