package dev.tinysse.lua.compile;

import dev.tinysse.lua.syntax.FunctionBody;
import java.lang.constant.ClassDesc;

/** The chunk of a function, as its compiler sees it. */
interface ChunkClasses {

    /** The name of the class that {@code body} has or will have. */
    ClassDesc classOf(FunctionBody body);

    /** The class that {@link EngineClass} makes. */
    ClassDesc engineClass();

    /** Whether {@code debug} can look into the chunk. */
    boolean isInspectable();
}
