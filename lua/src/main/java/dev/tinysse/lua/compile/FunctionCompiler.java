package dev.tinysse.lua.compile;

import static java.lang.constant.ConstantDescs.CD_Class;
import static java.lang.constant.ConstantDescs.CLASS_INIT_NAME;
import static java.lang.constant.ConstantDescs.INIT_NAME;
import static java.lang.constant.ConstantDescs.MTD_void;

import dev.tinysse.lua.frames.Site;
import dev.tinysse.lua.function.Closure0;
import dev.tinysse.lua.function.Closure1;
import dev.tinysse.lua.function.Closure2;
import dev.tinysse.lua.function.Closure3;
import dev.tinysse.lua.function.ClosureMany;
import dev.tinysse.lua.syntax.FunctionBody;
import dev.tinysse.lua.syntax.LocalVariable;
import java.lang.classfile.ClassBuilder;
import java.lang.classfile.ClassFile;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.constantpool.FieldRefEntry;
import java.lang.constant.ClassDesc;
import java.lang.constant.MethodTypeDesc;
import java.util.List;
import org.luaj.vm2.LuaValue;

/** Makes the class of one function: a subclass of {@code Closure0} to {@code Closure3} or {@code ClosureMany}. */
final class FunctionCompiler {

    /** The result of a function. */
    record Result(byte[] bytes, List<LuaValue> constants, List<Site> sites) {}

    private static final int MAX_DIRECT_PARAMETERS = 3;
    private static final List<ClassDesc> DIRECT_BASES = List.of(Names.of(Closure0.class), Names.of(Closure1.class),
            Names.of(Closure2.class), Names.of(Closure3.class));
    private static final ClassDesc MANY_BASE = Names.of(ClosureMany.class);
    private static final MethodTypeDesc STACK_GETTER = MethodTypeDesc.of(Names.STACK);
    private static final MethodTypeDesc CONSTANTS_FINDER = MethodTypeDesc.of(Names.VALUE_ARRAY, CD_Class);
    private static final ClassFile CLASS_FILE = ClassFile
            .of(ClassFile.ClassHierarchyResolverOption.of(Names.HIERARCHY));

    private final FunctionBody body;
    private final ClassDesc self;
    private final ChunkClasses chunk;
    private final Types types;
    private Emitter emitter;

    FunctionCompiler(FunctionBody body, ClassDesc self, ChunkClasses chunk) {
        this.body = body;
        this.self = self;
        this.chunk = chunk;
        this.types = new Types(body);
    }

    Result compile() {
        byte[] bytes = CLASS_FILE.build(self, this::build);
        return new Result(bytes, List.copyOf(emitter.constants().keySet()), List.copyOf(emitter.sites()));
    }

    private boolean isDirect() {
        return !body.vararg() && body.parameters().size() <= MAX_DIRECT_PARAMETERS;
    }

    private void build(ClassBuilder builder) {
        ClassDesc base = isDirect() ? DIRECT_BASES.get(body.parameters().size()) : MANY_BASE;
        builder.withFlags(ClassFile.ACC_PUBLIC | ClassFile.ACC_FINAL | ClassFile.ACC_SUPER);
        builder.withSuperclass(base);
        String type = isDirect() ? "V".repeat(body.parameters().size()) + "M" : "MM";
        builder.withMethodBody("body", Names.type(type), ClassFile.ACC_PUBLIC | ClassFile.ACC_FINAL, this::code);
        builder.withMethodBody("stack", STACK_GETTER, ClassFile.ACC_PUBLIC | ClassFile.ACC_FINAL,
                code -> code.getstatic(chunk.engineClass(), EngineClass.STACK, Names.STACK).areturn());
        builder.withMethodBody("frameSize", Names.type("I"), ClassFile.ACC_PUBLIC | ClassFile.ACC_FINAL,
                code -> code.loadConstant(emitter.frameSize()).ireturn());
        for (LocalVariable upvalue : Variables.captured(body)) {
            builder.withField(Variables.field(body, upvalue), Variables.fieldType(upvalue), ClassFile.ACC_PUBLIC);
        }
        builder.withMethodBody(INIT_NAME, MTD_void, ClassFile.ACC_PUBLIC,
                code -> code.aload(0).invokespecial(base, INIT_NAME, MTD_void).return_());
        constants(builder);
    }

    private void code(CodeBuilder code) {
        emitter = new Emitter(code, body, self, chunk, types);
        Variables variables = new Variables(emitter);
        Expressions expressions = new Expressions(emitter, variables);
        if (isDirect()) {
            int first = emitter.mark();
            body.parameters().forEach(_ -> emitter.slot(Kind.VALUE));
            for (int i = 0; i < body.parameters().size(); i++) {
                variables.parameter(body.parameters().get(i), first + i);
            }
        } else {
            arguments(variables, expressions);
        }
        new Statements(emitter, variables, expressions).body();
        emitter.leave();
        emitter.none();
        code.areturn();
    }

    /** Takes the parameters, and what is left, out of the list of arguments. */
    private void arguments(Variables variables, Expressions expressions) {
        int all = emitter.slot(Kind.VALUE);
        int number = 1;
        for (LocalVariable parameter : body.parameters()) {
            emitter.code.aload(all);
            emitter.code.loadConstant(number++);
            emitter.callVirtual(Names.VARARGS, "arg", "IV");
            variables.declare(parameter);
        }
        if (body.vararg()) {
            emitter.code.aload(all);
            if (number > 1) {
                emitter.code.loadConstant(number);
                emitter.call(Names.VALUES, "from", "MIM");
            }
            int dots = emitter.slot(Kind.VALUE);
            emitter.code.astore(dots);
            expressions.dots(dots);
        }
    }

    private void constants(ClassBuilder builder) {
        if (emitter.constants().isEmpty()) {
            return;
        }
        int flags = ClassFile.ACC_STATIC | ClassFile.ACC_FINAL | ClassFile.ACC_PRIVATE;
        builder.withField("CONSTANTS", Names.VALUE_ARRAY, flags);
        emitter.constantFields().forEach(field -> builder.withField(field.name(), field.type(), flags));
        builder.withMethodBody(CLASS_INIT_NAME, MTD_void, ClassFile.ACC_STATIC, this::initialize);
    }

    private void initialize(CodeBuilder code) {
        code.loadConstant(self);
        code.invokestatic(Names.COMPILED_CLASSES, "constants", CONSTANTS_FINDER);
        code.dup().putstatic(self, "CONSTANTS", Names.VALUE_ARRAY);
        code.astore(0);
        int index = 0;
        for (FieldRefEntry field : emitter.constantFields()) {
            code.aload(0).loadConstant(index++).aaload();
            if (field.typeSymbol().equals(Names.STRING)) {
                code.checkcast(Names.STRING);
            }
            code.putstatic(field);
        }
        code.return_();
    }
}
