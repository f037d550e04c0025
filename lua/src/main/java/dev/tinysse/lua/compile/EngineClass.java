package dev.tinysse.lua.compile;

import static java.lang.constant.ConstantDescs.CD_Class;
import static java.lang.constant.ConstantDescs.CLASS_INIT_NAME;
import static java.lang.constant.ConstantDescs.MTD_void;

import java.lang.classfile.ClassFile;
import java.lang.classfile.CodeBuilder;
import java.lang.constant.ClassDesc;
import java.lang.constant.MethodTypeDesc;

/** The class that holds the parts of the engine for the functions of a chunk: in static final fields, so constants for the JIT. */
final class EngineClass {

    static final String RUNTIME = "RUNTIME";
    static final String BUDGET = "BUDGET";
    static final String STACK = "STACK";

    private static final MethodTypeDesc FINDER = MethodTypeDesc.of(Names.RUNTIME, CD_Class);

    private EngineClass() {}

    /** Makes the class of the name {@code self}, for the loader of the chunk. */
    static byte[] compile(ClassDesc self) {
        int flags = ClassFile.ACC_STATIC | ClassFile.ACC_FINAL;
        return ClassFile.of().build(self, builder -> builder.withField(RUNTIME, Names.RUNTIME, flags)
                .withField(BUDGET, Names.BUDGET, flags).withField(STACK, Names.STACK, flags)
                .withMethodBody(CLASS_INIT_NAME, MTD_void, ClassFile.ACC_STATIC, code -> initialize(code, self)));
    }

    private static void initialize(CodeBuilder code, ClassDesc self) {
        code.loadConstant(self).invokestatic(Names.COMPILED_CLASSES, "runtime", FINDER);
        code.dup().putstatic(self, RUNTIME, Names.RUNTIME);
        code.dup().invokevirtual(Names.RUNTIME, "stack", MethodTypeDesc.of(Names.STACK));
        code.putstatic(self, STACK, Names.STACK);
        code.invokevirtual(Names.RUNTIME, "budget", MethodTypeDesc.of(Names.BUDGET));
        code.putstatic(self, BUDGET, Names.BUDGET).return_();
    }
}
