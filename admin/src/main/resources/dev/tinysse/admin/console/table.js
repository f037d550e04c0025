// A table whose rows are used again, so that the page does not grow and the focus stays where it is.

import {element, setText} from "./dom.js";

/**
 * Columns are objects: `title`, `value` of a row, and perhaps `kind` (a class) and `link` (an address for a row). The first
 * column names the row.
 */
export class Table {
  constructor(holder, caption, columns, empty) {
    this.columns = columns;
    this.empty = element("p", {class: "hint"}, empty);
    this.body = element("tbody");
    const head = element("tr", {}, ...columns.map(column =>
      element("th", {scope: "col", class: column.kind ?? ""}, column.title)));
    this.scroll = element("div", {class: "scroll", tabindex: "0", role: "region", "aria-label": caption},
      element("table", {}, element("caption", {class: "hidden"}, caption), element("thead", {}, head), this.body));
    this.scroll.hidden = true;
    holder.append(this.scroll, this.empty);
  }

  show(rows) {
    while (this.body.rows.length > rows.length) {
      this.body.lastElementChild.remove();
    }
    rows.forEach((row, index) => this.fill(this.body.rows[index] ?? this.add(), row));
    this.scroll.hidden = rows.length === 0;
    this.empty.hidden = rows.length > 0;
  }

  add() {
    const row = element("tr", {}, ...this.columns.map((column, index) => {
      const cell = element(index === 0 ? "th" : "td", index === 0 ? {scope: "row"} : {});
      cell.className = column.kind ?? "";
      if (column.link) {
        cell.append(element("a"));
      }
      return cell;
    }));
    this.body.append(row);
    return row;
  }

  fill(row, values) {
    this.columns.forEach((column, index) => {
      const cell = row.cells[index];
      const text = column.value(values);
      if (column.link) {
        const link = cell.firstElementChild;
        setText(link, text);
        const address = column.link(values);
        if (link.getAttribute("href") !== address) {
          link.setAttribute("href", address);
        }
      } else {
        setText(cell, text);
      }
      if (column.state) {
        cell.className = `${column.kind ?? ""} ${column.state(values)}`;
      }
    });
  }
}

/** A table that the server returns in pages, and that is refreshed while it is visible. */
export class PagedTable {
  constructor(holder, table, load) {
    this.table = table;
    this.load = load;
    this.cursor = null;
    this.next = null;
    this.asked = 0;
    this.first = element("button", {type: "button"}, "First page");
    this.further = element("button", {type: "button"}, "Next page");
    this.error = element("p", {class: "error", role: "alert"});
    this.pages = element("div", {class: "pages"}, this.first, this.further);
    this.first.addEventListener("click", () => this.restart());
    this.further.addEventListener("click", () => {
      this.cursor = this.next;
      this.refresh();
    });
    holder.append(this.error, this.pages);
    this.pages.hidden = true;
  }

  restart() {
    this.cursor = null;
    return this.refresh();
  }

  async refresh() {
    const asked = ++this.asked;
    try {
      const {rows, next} = await this.load(this.cursor);
      if (asked !== this.asked) {
        return; // something newer is under way
      }
      this.next = next;
      this.table.show(rows);
      this.first.disabled = !this.cursor;
      this.further.disabled = !next;
      this.pages.hidden = !this.cursor && !next;
      setText(this.error, "");
    } catch (failure) {
      if (asked === this.asked) {
        setText(this.error, failure.message);
      }
    }
  }
}
