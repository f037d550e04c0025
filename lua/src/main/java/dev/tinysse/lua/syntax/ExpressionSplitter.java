package dev.tinysse.lua.syntax;

import java.util.ArrayList;
import java.util.List;

/** Makes large expressions smaller: operands, arguments and fields of tables become parts. */
final class ExpressionSplitter {

    /** Of many values in one list each may have this part of what is small otherwise. */
    private static final int TINY_PART = 10;

    private final Outlining outlining;
    private final int small;
    private final int tiny;
    private final int largest;
    private int line;

    /**
     * @param small the weight that a single value may have
     * @param largest the weight of what makes a part
     */
    ExpressionSplitter(Outlining outlining, int small, int largest) {
        this.outlining = outlining;
        this.small = small;
        this.tiny = small / TINY_PART;
        this.largest = largest;
    }

    /** Says where in the source the expressions are that come next. */
    void line(int number) {
        line = number;
    }

    /** One value of {@code expression}. */
    Expression single(Expression expression) {
        return single(expression, small);
    }

    private Expression single(Expression expression, int limit) {
        if (Weight.of(expression) <= limit) {
            return expression;
        }
        Expression smaller = inside(expression);
        return Weight.of(smaller) <= limit ? smaller : outlining.expression(smaller, line);
    }

    /** All values of a list. */
    List<Expression> list(List<Expression> expressions) {
        List<Expression> list = list(expressions, small);
        return list.stream().mapToInt(Weight::of).sum() <= largest ? list : list(list, tiny);
    }

    private List<Expression> list(List<Expression> expressions, int limit) {
        List<Expression> list = new ArrayList<>();
        for (int i = 0; i < expressions.size(); i++) {
            Expression expression = expressions.get(i);
            boolean multi = expression.isMulti() && i == expressions.size() - 1;
            list.add(multi ? inside(expression) : single(expression, limit));
        }
        return list;
    }

    /** The same kind of expression of smaller operands. */
    Expression inside(Expression expression) {
        return switch (expression) {
            case Expression.Index(Expression object, Expression key, int at) ->
                new Expression.Index(single(object), single(key), at);
            case Expression.Call(Expression function, var arguments, int at) ->
                new Expression.Call(single(function), list(arguments), at);
            case Expression.MethodCall(Expression object, var name, var arguments, int at) ->
                new Expression.MethodCall(single(object), name, list(arguments), at);
            case Expression.Binary(var operator, Expression left, Expression right, int at) ->
                new Expression.Binary(operator, single(left), single(right), at);
            case Expression.And(Expression left, Expression right) ->
                new Expression.And(single(left), single(right));
            case Expression.Or(Expression left, Expression right) -> new Expression.Or(single(left), single(right));
            case Expression.Unary(var operator, Expression operand, int at) ->
                new Expression.Unary(operator, single(operand), at);
            case Expression.Not(Expression operand) -> new Expression.Not(single(operand));
            case Expression.Parenthesized(Expression inner) -> new Expression.Parenthesized(single(inner));
            case Expression.TableConstructor table -> table(table);
            default -> expression;
        };
    }

    private Expression table(Expression.TableConstructor table) {
        List<Expression> values = list(table.fields().stream().map(Expression.Field::value).toList(), small);
        List<Expression.Field> fields = new ArrayList<>();
        for (int i = 0; i < values.size(); i++) {
            Expression.Field field = table.fields().get(i);
            Expression key = field.isPositional() ? null : single(field.key());
            fields.add(new Expression.Field(key, values.get(i), field.line()));
        }
        Expression.TableConstructor smaller = new Expression.TableConstructor(fields, table.parts(), table.line());
        if (Weight.of(smaller) <= largest) {
            return smaller;
        }
        List<FunctionBody> parts = parts(smaller);
        while (parts.size() > small) {
            parts = grouped(parts, table.line());
        }
        return new Expression.TableConstructor(List.of(), parts, table.line());
    }

    /** Parts that set the fields of {@code table} one after the other. */
    private List<FunctionBody> parts(Expression.TableConstructor table) {
        List<FunctionBody> parts = new ArrayList<>();
        int start = 0;
        int index = 1;
        int next = 1;
        int weight = 0;
        int end = table.fields().size();
        for (int i = 0; i < end; i++) {
            Expression.Field field = table.fields().get(i);
            weight += Weight.of(field.value()) + (field.isPositional() ? 1 : Weight.of(field.key()));
            next += field.isPositional() ? 1 : 0;
            if (weight > largest - small || i == end - 1) {
                parts.add(outlining.fields(fields(table, start, i + 1), index));
                start = i + 1;
                index = next;
                weight = 0;
            }
        }
        return parts;
    }

    private static Expression.TableConstructor fields(Expression.TableConstructor table, int start, int end) {
        List<Expression.Field> fields = new ArrayList<>(table.fields().subList(start, end));
        Expression.Field last = fields.getLast();
        if (end < table.fields().size() && last.value().isMulti()) {
            Expression value = new Expression.Parenthesized(last.value());
            fields.set(fields.size() - 1, new Expression.Field(last.key(), value, last.line()));
        }
        return new Expression.TableConstructor(fields, List.of(), table.line());
    }

    private List<FunctionBody> grouped(List<FunctionBody> parts, int at) {
        List<FunctionBody> groups = new ArrayList<>();
        for (int i = 0; i < parts.size(); i += small) {
            List<FunctionBody> group = parts.subList(i, Math.min(i + small, parts.size()));
            groups.add(outlining.fields(new Expression.TableConstructor(List.of(), group, at), 1));
        }
        return groups;
    }
}
