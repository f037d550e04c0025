/** The values of templates, their order, and how they are written as text or JSON. */
package dev.tinysse.luahooks.template.value;
