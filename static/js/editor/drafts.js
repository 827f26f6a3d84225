// Keeps what is typed in the browser until it is saved, and offers it back.
const KEPT = "draft:";

function read(key) {
  try {
    return JSON.parse(localStorage.getItem(key));
  } catch {
    return null;
  }
}

function removeAll(path) {
  Object.keys(localStorage)
    .filter((name) => name.startsWith(`${KEPT}${path}:`))
    .forEach((name) => localStorage.removeItem(name));
}

function fields(form) {
  const kept = (field) => field.name && !["hidden", "file", "submit", "button"].includes(field.type);
  return [...form.elements].filter(kept);
}

const valueOf = (field) => (field.type === "checkbox" ? field.checked : field.value);

export function drafts(form, bar) {
  const path = location.pathname;
  const key = `${KEPT}${path}:${form.elements.opened_version?.value ?? ""}`;
  const values = () => Object.fromEntries(fields(form).map((each) => [each.name, valueOf(each)]));
  let changed = false;

  function restore(kept) {
    for (const field of fields(form)) {
      if (!(field.name in kept.values)) continue;
      if (field.type === "checkbox") field.checked = kept.values[field.name];
      else field.value = kept.values[field.name];
    }
    bar.hidden = true;
    form.querySelector("textarea").dispatchEvent(new Event("input", { bubbles: true }));
  }

  function offer() {
    const kept = read(key);
    if (!kept?.values || JSON.stringify(kept.values) === JSON.stringify(values())) return;
    const time = new Date(kept.at).toLocaleTimeString([], { hour: "2-digit", minute: "2-digit" });
    bar.querySelector("span").textContent = time;
    bar.hidden = false;
    bar.querySelector("[data-restore]").addEventListener("click", () => restore(kept));
    bar.querySelector("[data-forget]").addEventListener("click", () => {
      localStorage.removeItem(key);
      bar.hidden = true;
    });
  }

  form.addEventListener("input", () => {
    changed = true;
    try {
      localStorage.setItem(key, JSON.stringify({ at: Date.now(), values: values() }));
    } catch {
      // The browser's store is full or switched off: the warning on leaving is left.
    }
  });
  form.addEventListener("submit", () => {
    changed = false;
  });
  window.addEventListener("beforeunload", (event) => {
    if (changed) event.preventDefault();
  });
  if (document.querySelector(".messagelist .success")) {
    // Saved: what was typed here, or on the form that made this page, is on the server.
    removeAll(path);
    removeAll(path.replace(/\d+\/change\/$/, "add/"));
  } else {
    offer();
  }
}
