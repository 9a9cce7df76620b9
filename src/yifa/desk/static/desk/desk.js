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
// The form of an act is kept for later while it is filled in, so that a refresh or a log-out loses nothing.
for (const form of document.querySelectorAll("form[data-keep]")) {
  const said = form.querySelector("[data-kept]");
  let timer, changed = false, sent = false;
  const keep = (leaving) => {
    clearTimeout(timer);
    if (!changed || sent) return;
    changed = false;
    const body = new FormData(form);
    body.delete("act-files");
    body.set("act-keep", "auto");
    fetch(location.pathname, { method: "POST", body, keepalive: leaving, redirect: "manual" }).then((answer) => {
      const time = new Date().toTimeString().slice(0, 5);
      said.textContent = answer.status === 204 ? `${time} 已自动暂存` : "没有存上：登录可能已经过期，请另开一页登录";
    }).catch(() => { changed = true; });
  };
  form.addEventListener("input", () => { changed = true; clearTimeout(timer); timer = setTimeout(keep, 1500); });
  form.addEventListener("submit", () => { sent = true; clearTimeout(timer); });
  addEventListener("pageshow", () => { sent = false; });
  addEventListener("pagehide", () => keep(true));
}
// A form is sent once, however often the button is pressed.
document.addEventListener("submit", (event) => {
  for (const button of event.target.querySelectorAll("button:not([type=button])")) setTimeout(() => { button.disabled = true; });
});
