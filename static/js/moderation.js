// Keys for moderators. Everything they do can be done with the buttons of the page.
"use strict";

{
  const rows = [...document.querySelectorAll(".queue-row")];
  const reason = document.querySelector("#queue-reason");
  let current = -1;

  const go = (step) => {
    if (!rows.length) return;
    current = Math.min(Math.max(current + step, 0), rows.length - 1);
    for (const row of rows) row.removeAttribute("aria-current");
    rows[current].setAttribute("aria-current", "true");
    rows[current].focus();
    rows[current].scrollIntoView({ block: "nearest" });
  };

  const box = (row) => row.querySelector("input[type=checkbox]");

  /** Press a button for the comments that are chosen; for the current one where none is. */
  const decide = (button) => {
    if (button.dataset.key === "r" && !reason.value) {
      reason.focus();
      return;
    }
    const boxes = rows.map(box).filter(Boolean);
    if (boxes.length && !boxes.some((each) => each.checked)) {
      if (current < 0) return;
      box(rows[current]).checked = true;
    }
    button.form.requestSubmit(button);
  };

  const press = (key) => {
    const inRow = rows[current]?.querySelector(`[data-key="${key}"]`);
    const button = inRow ?? document.querySelector(`button[data-key="${key}"]`);
    if (!button) return;
    if (button.name === "act") decide(button);
    else button.click();
  };

  // Words go where the mark comes: select them, and press the button.
  const takeOut = document.querySelector("[data-mark]");
  if (takeOut) {
    const fields = takeOut.form.querySelectorAll("[name=text], [name=name]");
    let last = fields[0];
    for (const field of fields) field.addEventListener("focus", () => (last = field));
    takeOut.hidden = false;
    takeOut.addEventListener("click", () => {
      if (last.selectionStart < last.selectionEnd) {
        last.setRangeText(takeOut.dataset.mark, last.selectionStart, last.selectionEnd, "end");
      }
      last.focus();
    });
  }

  addEventListener("keydown", (event) => {
    if (event.target === reason && event.key === "Enter") {
      event.preventDefault();
      press("r");
      return;
    }
    const typing = event.target.closest?.("input:not([type=checkbox]), textarea, select");
    if (typing || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "j") go(1);
    else if (event.key === "k") go(-1);
    else if (event.repeat) return; // a key that is held down would decide about one row after another
    else if (event.key === "x" && rows[current]) box(rows[current])?.click();
    else if ("arsehu".includes(event.key)) press(event.key);
    else return;
    event.preventDefault();
  });

  // The most urgent comment is at hand at once.
  if (rows.length) go(1);
}
