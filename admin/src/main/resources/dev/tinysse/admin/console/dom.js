// Functions of all views that write to the page. Values are only ever set as text.

export const byId = id => document.getElementById(id);

/** Sets the text of a node, unless it has that already. */
export function setText(node, value) {
  const text = String(value);
  if (node.textContent !== text) {
    node.textContent = text;
  }
}

/** An element with attributes and children; a child that is no node becomes a text. */
export function element(name, attributes = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    made.setAttribute(key, value);
  }
  made.append(...children);
  return made;
}

/** An element of SVG with attributes. */
export function svgElement(name, attributes = {}) {
  const made = document.createElementNS("http://www.w3.org/2000/svg", name);
  for (const [key, value] of Object.entries(attributes)) {
    made.setAttribute(key, value);
  }
  return made;
}

/** Shows names and values in a list of definitions; `names` gives each its class or "". */
export function setDefinitions(list, entries) {
  while (list.children.length > entries.length) {
    list.lastElementChild.remove();
  }
  entries.forEach(([name, value, kind = ""], index) => {
    let group = list.children[index];
    if (!group) {
      group = element("div", {}, element("dt"), element("dd"));
      list.append(group);
    }
    setText(group.firstElementChild, name);
    setText(group.lastElementChild, value);
    group.classList.toggle("alarm", kind === "alarm");
    group.lastElementChild.classList.toggle("small", kind === "small");
  });
}
