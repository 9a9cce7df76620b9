// Repeated parts of a form: a new row from the fieldset's template, numbered after the last one.
"use strict";
document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-add]");
  if (!button) return;
  const rows = button.closest("[data-rows]");
  const row = rows.querySelector("template").content.firstElementChild.cloneNode(true);
  const index = rows.querySelectorAll(":scope > .row").length;
  for (const element of row.querySelectorAll("[name], [id], [for]")) {
    for (const attribute of ["name", "id", "for"]) {
      const value = element.getAttribute(attribute);
      if (value) element.setAttribute(attribute, value.replace("__row__", String(index)));
    }
  }
  button.before(row);
  row.querySelector("input:not([type=hidden]), select, textarea")?.focus();
});
// A form is sent once, however often the button is pressed.
document.addEventListener("submit", (event) => {
  for (const button of event.target.querySelectorAll("button:not([type=button])")) setTimeout(() => { button.disabled = true; });
});
