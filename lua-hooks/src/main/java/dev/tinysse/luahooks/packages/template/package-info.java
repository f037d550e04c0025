/** Values of Lua as templates see them: read where they are, not copied. */
package dev.tinysse.luahooks.packages.template;
