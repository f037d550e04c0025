import java.io.IOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.attribute.ModuleAttribute;
import java.lang.classfile.attribute.ModulePackagesAttribute;
import java.lang.classfile.constantpool.Utf8Entry;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * Takes out of a library of which little is used what is not: classes stay if a class of ours names them, or one that stays does. Its
 * descriptor exports the packages that are left, and provides nothing. The build runs it as {@code java Reduce.java LIBRARY OURS}, each
 * a jar of a module, before the runtime is linked.
 */
final class Reduce {
    private static final String DESCRIPTOR = "module-info.class";
    private static final String DESCRIPTOR_OF_MULTI_RELEASE = "META-INF/versions/9/" + DESCRIPTOR;
    private static final String CLASS = ".class";
    /** Names of classes, alone, with dots, and in descriptors of types: there behind an L. */
    private static final Pattern NAME = Pattern.compile("[\\w$./]+");

    private final Path library;
    private final Set<String> used = new HashSet<>();
    private final Deque<String> unread = new ArrayDeque<>();

    private Reduce(Path library) {
        this.library = library;
    }

    public static void main(String[] args) throws IOException {
        try (FileSystem library = FileSystems.newFileSystem(Path.of(args[0]));
                FileSystem ours = FileSystems.newFileSystem(Path.of(args[1]))) {
            Reduce reduce = new Reduce(library.getPath("/"));
            for (Path file : files(ours.getPath("/"))) {
                reduce.use(file);
            }
            reduce.useAllThatTheseName();
            reduce.write();
        }
    }

    private static List<Path> files(Path root) throws IOException {
        try (Stream<Path> all = Files.walk(root)) {
            return all.filter(Files::isRegularFile).toList();
        }
    }

    private void useAllThatTheseName() throws IOException {
        while (!unread.isEmpty()) {
            use(library.resolve(unread.remove() + CLASS));
        }
    }

    /** Whatever a class may load is among the texts of its constants. */
    private void use(Path file) throws IOException {
        if (!file.toString().endsWith(CLASS)) {
            return;
        }
        ClassModel model = ClassFile.of().parse(file);
        StreamSupport.stream(model.constantPool().spliterator(), false)
                .filter(Utf8Entry.class::isInstance)
                .flatMap(text -> NAME.matcher(((Utf8Entry) text).stringValue()).results())
                .map(MatchResult::group)
                .flatMap(name -> Stream.of(name, name.substring(1)))
                .map(name -> name.replace('.', '/'))
                .filter(name -> !used.contains(name) && Files.exists(library.resolve(name + CLASS)))
                .forEach(name -> {
                    used.add(name);
                    unread.add(name);
                });
    }

    private void write() throws IOException {
        byte[] descriptor = descriptor(Files.readAllBytes(library.resolve(DESCRIPTOR_OF_MULTI_RELEASE)));
        for (Path file : files(library)) {
            String name = library.relativize(file).toString();
            if (!name.startsWith("META-INF/LICENSE") && !used.contains(name.replace(CLASS, ""))) {
                Files.delete(file);
            }
        }
        Files.write(library.resolve(DESCRIPTOR), descriptor);
    }

    private byte[] descriptor(byte[] old) {
        Set<String> packages = used.stream().map(name -> name.substring(0, name.lastIndexOf('/')))
                .collect(Collectors.toSet());
        return ClassFile.of().transformClass(ClassFile.of().parse(old), (builder, element) -> {
            switch (element) {
                case ModuleAttribute module -> builder.with(ModuleAttribute.of(module.moduleName(),
                        module.moduleFlagsMask(), module.moduleVersion().orElse(null), module.requires(),
                        module.exports().stream().filter(export -> packages.contains(
                                export.exportedPackage().name().stringValue())).toList(),
                        List.of(), List.of(), List.of()));
                case ModulePackagesAttribute _ -> { /* jlink makes it again */ }
                default -> builder.with(element);
            }
        });
    }
}
