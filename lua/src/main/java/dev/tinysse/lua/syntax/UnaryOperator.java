package dev.tinysse.lua.syntax;

/** The operators with one operand that look at metatables. */
public enum UnaryOperator {
    NEGATE, LENGTH, BIT_NOT
}
