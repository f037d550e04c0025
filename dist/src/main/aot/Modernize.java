import java.io.IOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassFile.ClassHierarchyResolverOption;
import java.lang.classfile.ClassFile.StackMapsOption;
import java.lang.classfile.ClassFileVersion;
import java.lang.classfile.ClassHierarchyResolver;
import java.lang.classfile.ClassModel;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.CodeTransform;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Brings the class files of old libraries to a format that an AOT cache takes: one with stack maps, which came with Java 6.
 * The code behaves as before, and a class that would not verify fails the build, which runs this as
 * {@code java Modernize.java JAR…}.
 */
final class Modernize {
    private static final int FIRST_WITH_STACK_MAPS = ClassFile.JAVA_6_VERSION;
    private static final int VERSION = ClassFile.JAVA_8_VERSION;

    private final ClassFile classFile;

    private Modernize(ClassLoader classes) {
        classFile = ClassFile.of(StackMapsOption.GENERATE_STACK_MAPS, ClassHierarchyResolverOption
                .of(ClassHierarchyResolver.ofResourceParsing(classes).cached()));
    }

    public static void main(String[] args) throws IOException {
        for (String arg : args) {
            URI jar = Path.of(arg).toUri();
            try (URLClassLoader classes = new URLClassLoader(new URL[]{jar.toURL()});
                    FileSystem files = FileSystems.newFileSystem(URI.create("jar:" + jar), Map.of());
                    Stream<Path> all = Files.walk(files.getPath("/"))) {
                Modernize modernize = new Modernize(classes);
                for (Path file : all.filter(path -> path.toString().endsWith(".class")).toList()) {
                    modernize.file(file);
                }
            }
        }
    }

    private void file(Path file) throws IOException {
        ClassModel old = classFile.parse(Files.readAllBytes(file));
        if (old.majorVersion() >= FIRST_WITH_STACK_MAPS) {
            return;
        }
        ClassTransform code = ClassTransform.transformingMethodBodies(CodeTransform.ACCEPT_ALL);
        ClassTransform version = (builder, element) -> builder
                .with(element instanceof ClassFileVersion ? ClassFileVersion.of(VERSION, 0) : element);
        byte[] renewed;
        try {
            renewed = classFile.transformClass(old, code.andThen(version));
        } catch (IllegalArgumentException e) {
            return; // it uses a class that is not there, of an optional library: nobody can load it
        }
        List<VerifyError> errors = classFile.verify(renewed);
        if (!errors.isEmpty()) {
            throw new IllegalStateException(file + ": " + errors);
        }
        Files.write(file, renewed);
    }
}
