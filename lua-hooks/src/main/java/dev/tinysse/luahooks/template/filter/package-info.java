/** The names in expressions: filters, tests and operators on values, and their arguments. */
package dev.tinysse.luahooks.template.filter;
