package dev.tinysse.lua.syntax;

import java.util.ArrayList;
import java.util.List;

/** The variables, labels and pending jumps of a function while it is parsed. */
final class FunctionScope {

    private static final int MAX_LOCALS = 200;
    private static final int MAX_UPVALUES = 255;

    private record Jump(Statement.Goto statement, String name, int line, int variables) {}

    private static final class BlockScope {
        final BlockScope outer;
        final int firstVariable;
        final int firstLabel;
        final int firstJump;
        final Label exit;

        BlockScope(BlockScope outer, int firstVariable, int firstLabel, int firstJump, Label exit) {
            this.outer = outer;
            this.firstVariable = firstVariable;
            this.firstLabel = firstLabel;
            this.firstJump = firstJump;
            this.exit = exit;
        }
    }

    private final boolean inspectable;
    private final FunctionScope outer;
    private final FunctionBody body;
    private final Lexer lexer;
    private final List<LocalVariable> active = new ArrayList<>();
    private final List<Label> labels = new ArrayList<>();
    private List<Jump> jumps = new ArrayList<>();
    private BlockScope block;

    FunctionScope(FunctionScope outer, FunctionBody body, Lexer lexer, boolean inspectable) {
        this.inspectable = inspectable;
        this.outer = outer;
        this.body = body;
        this.lexer = lexer;
    }

    FunctionScope outer() {
        return outer;
    }

    FunctionBody body() {
        return body;
    }

    /** Opens a block; {@code exit} is where {@code break} leads, null if it is no loop. */
    void open(Label exit) {
        block = new BlockScope(block, active.size(), labels.size(), jumps.size(), exit);
    }

    /** A label behind a loop that begins here. */
    Label exit() {
        return new Label("break", 0, active.size(), closing(active.size()), false);
    }

    void close() {
        trim(active, block.firstVariable);
        trim(labels, block.firstLabel);
        for (int i = block.firstJump; i < jumps.size(); i++) {
            Jump jump = jumps.get(i);
            if (jump.variables > block.firstVariable) {
                jumps.set(i, new Jump(jump.statement, jump.name, jump.line, block.firstVariable));
            }
        }
        block = block.outer;
        if (block == null && !jumps.isEmpty()) {
            throw undefined(jumps.getFirst());
        }
    }

    private SyntaxError undefined(Jump jump) {
        return lexer.errorNear(jump.name.equals("break")
                ? "break outside loop at line " + jump.line
                : "no visible label '" + jump.name + "' for <goto> at line " + jump.line, null);
    }

    private static void trim(List<?> list, int size) {
        list.subList(size, list.size()).clear();
    }

    private int closing(int variables) {
        int count = 0;
        for (int i = 0; i < variables; i++) {
            if (active.get(i).attribute() == LocalVariable.Attribute.CLOSE) {
                count++;
            }
        }
        return count;
    }

    /** A variable that is not yet in scope. */
    LocalVariable variable(String name, LocalVariable.Attribute attribute) {
        LocalVariable variable = new LocalVariable(name, attribute, body);
        body.locals().add(variable);
        return variable;
    }

    /** Begins the scope of {@code variable}. */
    void activate(LocalVariable variable) {
        active.add(variable);
        if (active.size() > MAX_LOCALS) {
            throw lexer.error("too many local variables (limit is " + MAX_LOCALS + ") in " + where());
        }
    }

    /** Refuses {@code count} more variables if that is too many. */
    void checkRoom(int count) {
        if (active.size() + count > MAX_LOCALS) {
            throw lexer.error("too many local variables (limit is " + MAX_LOCALS + ") in " + where());
        }
    }

    private String where() {
        return body.line() == 0 ? "main function" : "function at line " + body.line();
    }

    /** The variable that {@code name} means here; null if there is none, which makes it a global. */
    LocalVariable resolve(String name) {
        for (int i = active.size() - 1; i >= 0; i--) {
            if (active.get(i).name().equals(name)) {
                return active.get(i);
            }
        }
        if (outer == null) {
            return body.upvalues().getFirst().name().equals(name) ? body.upvalues().getFirst() : null;
        }
        LocalVariable found = outer.resolve(name);
        if (found != null) {
            found.capture(inspectable);
            addUpvalue(found);
        }
        return found;
    }

    private void addUpvalue(LocalVariable variable) {
        if (!body.upvalues().contains(variable)) {
            if (body.upvalues().size() >= MAX_UPVALUES) {
                throw lexer.error("too many upvalues (limit is " + MAX_UPVALUES + ") in " + where());
            }
            body.upvalues().add(variable);
        }
    }

    /** A jump to a label that may come later. */
    void jump(Statement.Goto statement, String name, int line) {
        for (int i = labels.size() - 1; i >= 0; i--) {
            if (labels.get(i).name().equals(name)) {
                statement.target(labels.get(i));
                return;
            }
        }
        jumps.add(new Jump(statement, name, line, active.size()));
    }

    /** A jump behind the innermost loop. */
    void leaveLoop(Statement.Goto statement, int line) {
        for (BlockScope scope = block; scope != null; scope = scope.outer) {
            if (scope.exit != null) {
                statement.target(scope.exit);
                return;
            }
        }
        jumps.add(new Jump(statement, "break", line, active.size()));
    }

    /** Refuses a name that a visible label has. */
    void checkLabel(String name) {
        for (Label other : labels) {
            if (other.name().equals(name)) {
                throw lexer.errorNear("label '" + name + "' already defined on line " + other.line(), null);
            }
        }
    }

    /** A label here, and the end of the jumps to it that came before. */
    Label label(String name, int line, boolean last) {
        int variables = last ? block.firstVariable : active.size();
        Label label = new Label(name, line, variables, closing(variables), last);
        labels.add(label);
        List<Jump> open = new ArrayList<>(jumps.subList(0, block.firstJump));
        for (Jump jump : jumps.subList(block.firstJump, jumps.size())) {
            if (!jump.name.equals(name)) {
                open.add(jump);
            } else if (jump.variables < variables) {
                throw lexer.errorNear("<goto " + name + "> at line " + jump.line + " jumps into the scope of local '"
                        + active.get(jump.variables).name() + "'", null);
            } else {
                jump.statement.target(label);
            }
        }
        jumps = open;
        return label;
    }
}
