// The effective options.

import {get} from "./api.js";
import {byId} from "./dom.js";
import {ABSENT} from "./format.js";
import {Table} from "./table.js";

const table = new Table(byId("options-list"), "Options", [
  {title: "Option", value: option => option.name},
  {title: "Value", value: option => option.value || ABSENT, kind: "code"},
  {title: "From", value: option => option.from},
], "Not known.");

/** Whether somebody has set it: those come first. */
const isSet = option => option.from !== "not set" && option.from !== "the default";

export const optionsView = {
  async show() {
    try {
      const {options} = await get("/options");
      table.show([...options.filter(isSet), ...options.filter(option => !isSet(option))]);
    } catch (failure) {
      table.show([{name: "error", value: failure.message, from: "console"}]);
    }
  },
};
