/** What templates compute with: values, their order, and how they are written as text or JSON. */
package dev.tinysse.luahooks.template.value;
