package dev.tinysse.lua.syntax;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** The variables that a piece of a function needs of the rest of it, and those that it declares. */
final class Usage extends TreeWalker {

    private final Set<LocalVariable> used = new LinkedHashSet<>();
    private final Set<LocalVariable> declared = new LinkedHashSet<>();
    private final Set<Label> targets = new LinkedHashSet<>();
    private final Set<Label> places = new LinkedHashSet<>();
    private boolean dots;
    private boolean returns;

    /** The variables from outside that it uses. */
    List<LocalVariable> free() {
        return used.stream().filter(variable -> !declared.contains(variable)).toList();
    }

    /** The variables that it declares. */
    Set<LocalVariable> declared() {
        return declared;
    }

    /** The labels outside that it jumps to. */
    List<Label> exits() {
        List<Label> exits = new ArrayList<>(targets);
        exits.removeAll(places);
        return exits;
    }

    /** Whether it uses {@code ...}. */
    boolean dots() {
        return dots;
    }

    /** Whether it may return from the function. */
    boolean returns() {
        return returns;
    }

    @Override
    protected void function(FunctionBody inner) {
        used.addAll(inner.upvalues());
        targets.addAll(inner.exits());
        if (inner.isPart()) {
            dots |= inner.vararg();
            returns |= inner.returns();
        }
    }

    @Override
    protected void statement(Statement statement) {
        switch (statement) {
            case Statement.Local local -> declared.addAll(local.variables());
            case Statement.LocalFunction function -> declared.add(function.variable());
            case Statement.NumericFor loop -> {
                declared.add(loop.variable());
                places.add(loop.exit());
            }
            case Statement.GenericFor loop -> {
                declared.addAll(loop.variables());
                places.add(loop.exit());
            }
            case Statement.While loop -> places.add(loop.exit());
            case Statement.Repeat loop -> places.add(loop.exit());
            case Statement.LabelStatement(Label label) -> places.add(label);
            case Statement.Goto jump -> targets.add(jump.target());
            case Statement.Return _ -> returns = true;
            case Statement.Fields fields -> used.add(fields.table());
            default -> {
            }
        }
        super.statement(statement);
    }

    @Override
    protected void expression(Expression expression) {
        switch (expression) {
            case Expression.Variable(LocalVariable variable) -> used.add(variable);
            case Expression.Dots _ -> dots = true;
            default -> {
            }
        }
        super.expression(expression);
    }
}
