// One dialog that finds something in the library: a combobox with a list of what fits.
import { insert } from "./insert.js";

const PAUSE = 200; // milliseconds without a key
const dialog = document.getElementById("editor-picker");
const box = dialog?.querySelector("input");
const list = dialog?.querySelector("[role=listbox]");
const note = dialog?.querySelector("[role=status]");
const adding = dialog?.querySelector("[data-adding]");
let current = null; // { area, start, end, kind, made }
let place = -1;
let timer;
let asking = new AbortController();

export function open(area, { kind, name, address, made, start, end }) {
  current = { area, address, made, kind, start, end };
  dialog.querySelector("h2").textContent = name;
  box.setAttribute("aria-label", name);
  box.value = "";
  adding.hidden = kind !== "references";
  dialog.showModal();
  box.focus();
  search();
}

function choose(value) {
  const { area, start, end, made } = current;
  dialog.close();
  insert(area, made(value), start, end);
}

function mark(next) {
  const options = [...list.children];
  place = options.length ? (next + options.length) % options.length : -1;
  options.forEach((option, at) => option.setAttribute("aria-selected", String(at === place)));
  if (place < 0) box.removeAttribute("aria-activedescendant");
  else {
    box.setAttribute("aria-activedescendant", options[place].id);
    options[place].scrollIntoView({ block: "nearest" });
  }
}

function show(items) {
  list.replaceChildren(
    ...items.map((item, at) => {
      const option = document.createElement("li");
      option.id = `editor-option-${at}`;
      option.setAttribute("role", "option");
      option.dataset.value = item.value;
      option.textContent = item.retracted ? `${item.status}: ${item.label}` : item.label;
      return option;
    }),
  );
  note.textContent = items.length ? "" : dialog.dataset.nothing;
  mark(0);
}

async function search() {
  asking.abort();
  asking = new AbortController();
  try {
    const address = `${current.address}?${new URLSearchParams({ q: box.value })}`;
    const answer = await fetch(address, { signal: asking.signal });
    if (answer.redirected || !answer.ok) throw new Error(answer.status);
    show((await answer.json()).items);
  } catch (error) {
    if (error.name !== "AbortError") note.textContent = dialog.dataset.unreachable;
  }
}

async function add() {
  const text = adding.querySelector("textarea");
  const body = new FormData();
  body.append("text", text.value);
  body.append("csrfmiddlewaretoken", current.area.form.elements.csrfmiddlewaretoken.value);
  try {
    const answer = await fetch(adding.dataset.adding, { method: "POST", body });
    const { value, problem } = await answer.json();
    if (problem) note.textContent = problem;
    else {
      text.value = "";
      choose(value);
    }
  } catch {
    note.textContent = dialog.dataset.unreachable;
  }
}

if (dialog) {
  box.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(search, PAUSE);
  });
  box.addEventListener("keydown", (event) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) mark(place + step);
    else if (event.key === "Enter") {
      if (place >= 0) choose(list.children[place].dataset.value);
    } else return;
    event.preventDefault();
  });
  list.addEventListener("click", ({ target }) => {
    const option = target.closest("[role=option]");
    if (option) choose(option.dataset.value);
  });
  dialog.addEventListener("close", () => current.area.focus());
  dialog.querySelector("[data-close]").addEventListener("click", () => dialog.close());
  adding.querySelector("button").addEventListener("click", add);
}
