package dev.tinysse.lua.compile;

import dev.tinysse.lua.syntax.Statement.Block;
import java.lang.classfile.Label;

/** Code for the scopes that statements are made of. */
interface Scopes {

    /** The place of a label of the source. */
    Label place(dev.tinysse.lua.syntax.Label label);

    void block(Block block);

    /** A block, and behind it what still sees its variables. */
    void block(Block block, Runnable last);

    /** Runs {@code scope} with the value in {@code slot} to be closed behind it, whatever happens. */
    void closing(int slot, Runnable scope, int line);
}
