// The text editor of the desk: a toolbar for each text, pickers, live preview and kept drafts.
import { drafts } from "./drafts.js";
import { begin, wrap } from "./insert.js";
import { live } from "./live.js";
import { open } from "./picker.js";

const MADE = {
  references: (value) => `[@${value}]`,
  images: (value) => `![](image:${value})`,
  terms: (value) => value,
};
const NEVER = 2 ** 31 - 1; // milliseconds, the longest that a browser waits
const template = document.getElementById("editor-toolbar");
const words = template?.dataset ?? {};

function pick(area, kind, range = {}) {
  const button = template.content.querySelector(`[data-pick=${kind}]`);
  const { selectionStart: start, selectionEnd: end } = area;
  const label = area.value.slice(start, end);
  const made = MADE[kind] ?? ((value) => `[${label || words.link}](${value})`);
  const { address } = button.dataset;
  open(area, { kind, name: button.textContent, address, made, start, end, ...range });
}

const ACTIONS = {
  bold: (area) => wrap(area, "**", "**", words.words),
  italic: (area) => wrap(area, "*", "*", words.words),
  heading: (area) => begin(area, "## "),
  list: (area) => begin(area, "- "),
  safety: (area) => wrap(area, "\n::: safety\n", "\n:::\n", words.words),
  note: (area) => wrap(area, "\n::: note\n", "\n:::\n", words.words),
  advice: (area) => wrap(area, "\n::: advice\n", "\n:::\n", words.words),
};

function equip(area) {
  const bar = template.content.firstElementChild.cloneNode(true);
  bar.setAttribute("aria-controls", area.id);
  bar.addEventListener("click", ({ target }) => {
    const { action, pick: kind } = target.dataset;
    if (action) ACTIONS[action](area);
    if (kind) pick(area, kind);
  });
  area.closest(".markdownx").prepend(bar);
}

// Every text may cite, those of rows that are added later too.
function offerSources({ target, inputType }) {
  if (inputType !== "insertText" || !target.matches("textarea, input[type=text]")) return;
  const at = target.selectionStart;
  if (target.value.slice(at - 2, at) === "[@") {
    pick(target, "references", { start: at - 2, end: at });
  }
}

// The page as a whole is previewed: no preview of each field, which would ask the server as often.
function silence(area) {
  area.dataset.markdownxLatency = NEVER;
  area.closest(".markdownx").querySelector(".markdownx-preview").hidden = true;
}

function shortcut(event, form) {
  if (!(event.ctrlKey || event.metaKey) || event.altKey || event.shiftKey) return;
  const area = event.target.closest?.(".markdownx-editor");
  const key = event.key.toLowerCase();
  if (key === "s") form.querySelector("input[name=_continue]")?.click();
  else if (area && key === "b") ACTIONS.bold(area);
  else if (area && key === "i") ACTIONS.italic(area);
  else if (area && key === "k") pick(area, "pages");
  else return;
  event.preventDefault();
}

const form = document.querySelector("#content-main form");
if (template && form) {
  const areas = form.querySelectorAll(".markdownx-editor:not([name*=__prefix__])");
  areas.forEach(equip);
  form.addEventListener("input", offerSources);
  form.addEventListener("keydown", (event) => {
    // markdownx would write a tab: whoever works by keyboard could not leave the field.
    if (event.key === "Tab") event.stopPropagation();
    shortcut(event, form);
  }, true);
  drafts(form, document.getElementById("editor-kept"));
  const panel = document.getElementById("editor-live");
  if (panel) {
    areas.forEach(silence);
    panel.hidden = false;
    live(form, panel);
  }
}
