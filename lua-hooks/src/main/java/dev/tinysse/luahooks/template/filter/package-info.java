/** What expressions may name: filters, tests and operators on values, and the arguments they are called with. */
package dev.tinysse.luahooks.template.filter;
