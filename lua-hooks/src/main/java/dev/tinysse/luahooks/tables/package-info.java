/** The tables that hooks are given, and how what they return is read. */
package dev.tinysse.luahooks.tables;
