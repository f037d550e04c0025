package dev.tinysse.api;

import java.io.IOException;
import java.lang.reflect.AccessibleObject;
import java.lang.reflect.Field;
import java.lang.reflect.Member;
import java.lang.reflect.Modifier;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * The signatures that providers are compiled against, one line for each thing. {@code has} is what a provider may call, name or extend:
 * it has to stay. {@code asks} is what a provider has to implement or to distinguish: it must not grow in a type that was there.
 */
final class ApiSignature {
    static final String HAS = "has ";
    static final String ASKS = "asks ";

    private final SortedSet<String> lines = new TreeSet<>();

    private ApiSignature() {}

    /** The lines of the package of {@code member}, as it was compiled. */
    static SortedSet<String> ofPackageOf(Class<?> member) throws IOException, URISyntaxException {
        Path classes = Path.of(member.getProtectionDomain().getCodeSource().getLocation().toURI());
        Path folder = classes.resolve(member.getPackageName().replace('.', '/'));
        ApiSignature signature = new ApiSignature();
        try (Stream<Path> files = Files.list(folder)) {
            files.map(file -> file.getFileName().toString()).filter(name -> name.endsWith(".class"))
                    .map(name -> load(member, name.substring(0, name.length() - ".class".length())))
                    .filter(ApiSignature::isVisible).forEach(signature::add);
        }
        return signature.lines;
    }

    private static Class<?> load(Class<?> member, String simpleName) {
        try {
            return Class.forName(member.getPackageName() + "." + simpleName, false, member.getClassLoader());
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException(e);
        }
    }

    private static boolean isVisible(Class<?> type) {
        return Modifier.isPublic(type.getModifiers())
                && (type.getDeclaringClass() == null || isVisible(type.getDeclaringClass()));
    }

    private void add(Class<?> type) {
        String name = type.getName();
        boolean open = !Modifier.isFinal(type.getModifiers()) && !type.isSealed();
        has(name, type.toGenericString().replaceAll("\\b(abstract|final|sealed|non-sealed|static) ", ""));
        if (open) {
            has(name, "can be extended");
        }
        supertypes(type).forEach(ancestor -> has(name, "is a " + ancestor.getName()));
        if (type.isSealed()) {
            Arrays.stream(type.getPermittedSubclasses()).forEach(kind -> asks(name, "kind " + kind.getName()));
        }
        members(type.getDeclaredConstructors()).forEach(member -> has(name, text(member.toGenericString())));
        members(type.getDeclaredFields()).forEach(field -> addField(name, field));
        members(type.getDeclaredMethods()).forEach(method -> {
            has(name, text(method.toGenericString()));
            if (open && Modifier.isAbstract(method.getModifiers())) {
                asks(name, text(method.toGenericString()));
            }
        });
    }

    private void addField(String type, Field field) {
        has(type, field.toGenericString() + constant(field));
        if (field.isEnumConstant()) {
            asks(type, "constant " + field.getName());
        }
    }

    /** The value of a constant, which the compiler copies into its users. */
    private static String constant(Field field) {
        if (!Modifier.isStatic(field.getModifiers())
                || !(field.getType().isPrimitive() || field.getType() == String.class)) {
            return "";
        }
        try {
            return " = " + field.get(null);
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(e);
        }
    }

    private static <T extends AccessibleObject & Member> List<T> members(T[] members) {
        return Arrays.stream(members).filter(member -> !member.isSynthetic())
                .filter(member -> (member.getModifiers() & (Modifier.PUBLIC | Modifier.PROTECTED)) != 0).toList();
    }

    /** Without what makes no difference to callers of a member, or is recorded elsewhere. */
    private static String text(String member) {
        return member.replaceAll("\\b(abstract|default|synchronized|native|strictfp) ", "");
    }

    private static Set<Class<?>> supertypes(Class<?> type) {
        Set<Class<?>> all = new HashSet<>();
        Stream.concat(Stream.ofNullable(type.getSuperclass()), Arrays.stream(type.getInterfaces())).forEach(parent -> {
            all.add(parent);
            all.addAll(supertypes(parent));
        });
        return all;
    }

    private void has(String type, String what) {
        lines.add(HAS + type + ": " + what);
    }

    private void asks(String type, String what) {
        lines.add(ASKS + type + ": " + what);
    }
}
