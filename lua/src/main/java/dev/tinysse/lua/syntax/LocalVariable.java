package dev.tinysse.lua.syntax;

import java.util.ArrayList;
import java.util.List;

/** A local variable or parameter, with what the parser learns about its use in the whole scope. */
public final class LocalVariable {

    /** The attribute of a variable's declaration. */
    public enum Attribute {
        NONE, CONST, CLOSE
    }

    /** The owner of a variable. */
    public interface Owner {

        /** The function of Lua: the function that it is a part of, or itself. */
        Owner function();
    }

    /** The possible content of a variable: an {@link Expression}, which is built on variables. */
    interface Assigned {}

    private final String name;
    private final Attribute attribute;
    private Owner owner;
    private final List<Assigned> assigned = new ArrayList<>();
    private boolean captured;
    private boolean reassigned;
    private boolean opaque;
    private boolean inspectable;
    private Owner itself;

    /**
     * @param name the name, one char a byte
     * @param owner the function it belongs to; null for the {@code _ENV} around a chunk
     */
    LocalVariable(String name, Attribute attribute, Owner owner) {
        this.name = name;
        this.attribute = attribute;
        this.owner = owner;
    }

    /** The name, one char a byte. */
    public String name() {
        return name;
    }

    public Attribute attribute() {
        return attribute;
    }

    /** The function or part of one that it belongs to; null for the {@code _ENV} around a chunk. */
    public Owner owner() {
        return owner;
    }

    /** Its whole scope has become a part of the function. */
    void move(Owner part) {
        owner = part;
    }

    /** Whether an inner function uses it. */
    public boolean captured() {
        return captured;
    }

    /** Whether it is assigned to after its declaration. */
    public boolean reassigned() {
        return reassigned;
    }

    /** Whether it needs a cell: functions share it, and somebody changes it or {@code debug} may. */
    public boolean shared() {
        return captured && (reassigned || inspectable);
    }

    /** See {@link Expression#assignedTo}. */
    List<Assigned> assigned() {
        return opaque ? null : assigned;
    }

    /** The function that {@code local function} binds to it; null if it is no such variable. */
    public Owner itself() {
        return itself;
    }

    /** An inner function uses it; {@code debug} can tell whether two functions share it if that is wanted. */
    void capture(boolean sharingShows) {
        captured = true;
        inspectable = sharingShows;
    }

    void declare(Assigned value) {
        if (value == null) {
            opaque = true;
        } else {
            assigned.add(value);
        }
    }

    void reassign(Assigned value) {
        reassigned = true;
        declare(value);
    }

    void bindsFunction(Owner function) {
        itself = function;
        opaque = true;
    }
}
