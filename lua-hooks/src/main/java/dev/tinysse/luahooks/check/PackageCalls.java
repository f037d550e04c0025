package dev.tinysse.luahooks.check;

import dev.tinysse.lua.syntax.SourceToken;
import dev.tinysse.lua.syntax.SourceToken.Kind;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * Finds calls of functions that a package does not have: {@code json.encde(x)} behind {@code local json = require "json"},
 * and {@code require("json").encde(x)}. A name that the script gives to anything else, too, is left alone.
 */
final class PackageCalls {
    private static final int NOWHERE = -1;

    private final List<SourceToken> tokens;
    private final Function<String, Set<String>> members;
    private final Map<String, String> packages = new HashMap<>();
    private final Set<String> otherwise = new HashSet<>();

    /** @param members the names of all members of a package, none if there is no such package */
    PackageCalls(List<SourceToken> tokens, Function<String, Set<String>> members) {
        this.tokens = tokens;
        this.members = members;
    }

    List<Finding> unknown() {
        for (int i = 0; i < tokens.size(); i++) {
            learn(i);
        }
        List<Finding> findings = new ArrayList<>();
        for (int i = 0; i < tokens.size(); i++) {
            check(i, findings);
        }
        return findings;
    }

    /** Takes down what a name stands for from here on. */
    private void learn(int i) {
        if (!isName(i) || at(i - 1, ".") || at(i - 1, ":")) {
            return;
        }
        int assignment = assignment(i);
        Optional<String> required = assignment < 0 ? Optional.empty() : required(expression(i, assignment));
        String name = tokens.get(i).text();
        if (required.isPresent()) {
            String known = packages.putIfAbsent(name, required.get());
            if (known != null && !known.equals(required.get())) {
                otherwise.add(name);
            }
        } else if (assignment >= 0 || at(i - 1, "local") || at(i - 1, "for") || isParameter(i)) {
            otherwise.add(name);
        }
    }

    /** Where the equals sign stands that assigns to a name and perhaps to others behind it; below 0 if nothing does. */
    private int assignment(int i) {
        int at = i + 1;
        while (at(at, ",") && isName(at + 1)) {
            at += 2;
        }
        return at(at, "=") ? at : NOWHERE;
    }

    /** Where the expression begins whose value a name is given; below 0 if that would take a parser to tell. */
    private int expression(int i, int assignment) {
        int expression = assignment + 1;
        int at = i;
        for (; at(at - 1, ",") && isName(at - 2); at -= 2) {
            expression = behindRequire(expression);
            if (!at(expression, ",")) {
                return NOWHERE;
            }
            expression++;
        }
        return at(at - 1, ",") ? NOWHERE : expression;
    }

    private int behindRequire(int i) {
        if (!isName(i) || !tokens.get(i).text().equals("require")) {
            return NOWHERE;
        }
        return at(i + 1, "(") ? i + 4 : i + 2;
    }

    /** Whether a name is in the list of parameters of a function, or of several variables. */
    private boolean isParameter(int i) {
        int at = i - 1;
        while (at(at, ",") || isName(at) && at(at - 1, ",")) {
            at--;
        }
        if (isName(at) && (at(at - 1, "local") || at(at - 1, "for"))) {
            return true;
        }
        if (isName(at)) {
            at--;
        }
        if (!at(at, "(")) {
            return false;
        }
        do {
            at--;
        } while (isName(at) || at(at, ".") || at(at, ":"));
        return at(at, "function");
    }

    /** The package that an expression at {@code i} requires, if there is one of that name. */
    private Optional<String> required(int i) {
        if (!isName(i) || !tokens.get(i).text().equals("require")) {
            return Optional.empty();
        }
        int at = at(i + 1, "(") ? i + 2 : i + 1;
        return at < tokens.size() && tokens.get(at).kind() == Kind.STRING
                && !members.apply(tokens.get(at).text()).isEmpty()
                        ? Optional.of(tokens.get(at).text())
                        : Optional.empty();
    }

    private void check(int i, List<Finding> findings) {
        if (!isName(i) || at(i - 1, ".") || at(i - 1, ":")) {
            return;
        }
        String name = tokens.get(i).text();
        Optional<String> direct = required(i);
        if (direct.isPresent() && at(i + 1, "(")) {
            checkMember(direct.get(), i + 4, findings);
        } else if (packages.containsKey(name) && !otherwise.contains(name)) {
            checkMember(packages.get(name), i + 1, findings);
        }
    }

    /** Looks at a dot, a member and what follows, if that is what stands at {@code i}. */
    private void checkMember(String packageName, int i, List<Finding> findings) {
        if (!at(i, ".") || !isName(i + 1) || !isCall(i + 2)) {
            return;
        }
        SourceToken member = tokens.get(i + 1);
        Set<String> known = members.apply(packageName);
        if (!known.contains(member.text())) {
            String meant = Likeness.meant(member.text(), known);
            findings.add(new Finding(member.line(), member.column(),
                    "the package " + packageName + " has no function " + member.text() + meant));
        }
    }

    private boolean isCall(int i) {
        return at(i, "(") || at(i, "{") || i < tokens.size() && tokens.get(i).kind() == Kind.STRING;
    }

    private boolean isName(int i) {
        return i >= 0 && i < tokens.size() && tokens.get(i).kind() == Kind.NAME;
    }

    private boolean at(int i, String written) {
        return i >= 0 && i < tokens.size() && tokens.get(i).is(written);
    }
}
