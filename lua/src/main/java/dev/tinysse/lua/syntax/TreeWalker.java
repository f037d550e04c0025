package dev.tinysse.lua.syntax;

import dev.tinysse.lua.syntax.Statement.Block;
import java.util.List;

/** Visits all of a piece of a function, but not what is in its inner functions. */
public abstract class TreeWalker {

    /** An inner function, or a part of this one. */
    protected abstract void function(FunctionBody inner);

    protected void statement(Statement statement) {
        switch (statement) {
            case Statement.Local local -> expressions(local.values());
            case Statement.LocalFunction inner -> function(inner.body());
            case Statement.Assignment assignment -> {
                expressions(assignment.targets());
                expressions(assignment.values());
            }
            case Statement.CallStatement(Expression call) -> expression(call);
            case Statement.Do(Block block) -> block(block);
            case Statement.While loop -> {
                expression(loop.condition());
                block(loop.block());
            }
            case Statement.Repeat loop -> {
                block(loop.block());
                expression(loop.condition());
            }
            case Statement.If choice -> {
                expressions(choice.conditions());
                choice.blocks().forEach(this::block);
                if (choice.otherwise() != null) {
                    block(choice.otherwise());
                }
            }
            case Statement.NumericFor loop -> {
                expression(loop.start());
                expression(loop.limit());
                if (loop.step() != null) {
                    expression(loop.step());
                }
                block(loop.block());
            }
            case Statement.GenericFor loop -> {
                expressions(loop.values());
                block(loop.block());
            }
            case Statement.Return(List<Expression> values, int _) -> expressions(values);
            case Statement.Part(FunctionBody part, int _) -> function(part);
            case Statement.Fields(LocalVariable _, int _, Expression.TableConstructor fields) -> expression(fields);
            case Statement.Goto _,Statement.LabelStatement _ -> {
            }
        }
    }

    protected void expression(Expression expression) {
        switch (expression) {
            case Expression.Constant _,Expression.Dots _,Expression.Variable _ -> {
            }
            case Expression.Function(FunctionBody inner) -> function(inner);
            case Expression.Part(FunctionBody part, int _) -> function(part);
            case Expression.Index(Expression object, Expression key, int _) -> both(object, key);
            case Expression.Call(Expression called, List<Expression> arguments, int _) -> {
                expression(called);
                expressions(arguments);
            }
            case Expression.MethodCall call -> {
                expression(call.object());
                expressions(call.arguments());
            }
            case Expression.Binary binary -> both(binary.left(), binary.right());
            case Expression.And(Expression left, Expression right) -> both(left, right);
            case Expression.Or(Expression left, Expression right) -> both(left, right);
            case Expression.Unary unary -> expression(unary.operand());
            case Expression.Not(Expression operand) -> expression(operand);
            case Expression.Parenthesized(Expression inner) -> expression(inner);
            case Expression.TableConstructor table -> {
                table.fields().forEach(this::field);
                table.parts().forEach(this::function);
            }
        }
    }

    private void field(Expression.Field field) {
        if (!field.isPositional()) {
            expression(field.key());
        }
        expression(field.value());
    }

    private void both(Expression first, Expression second) {
        expression(first);
        expression(second);
    }

    private void expressions(List<Expression> list) {
        list.forEach(this::expression);
    }

    private void block(Block block) {
        block.statements().forEach(this::statement);
    }
}
