// Keeps what is typed in the browser until it is saved, and offers it back.
export function drafts(form, bar) {
  const areas = [...form.querySelectorAll(".markdownx-editor")];
  const key = `draft:${location.pathname}:${form.elements.opened_version?.value ?? ""}`;
  let changed = false;

  const texts = () => Object.fromEntries(areas.map((area) => [area.name, area.value]));
  const forget = () => {
    localStorage.removeItem(key);
    bar.hidden = true;
  };

  function offer() {
    const kept = JSON.parse(localStorage.getItem(key) ?? "null");
    if (!kept || JSON.stringify(kept.texts) === JSON.stringify(texts())) return;
    const time = new Date(kept.at).toLocaleTimeString([], { hour: "2-digit", minute: "2-digit" });
    bar.querySelector("span").textContent = time;
    bar.hidden = false;
    bar.querySelector("[data-restore]").addEventListener("click", () => {
      for (const area of areas) area.value = kept.texts[area.name] ?? area.value;
      bar.hidden = true;
      areas[0].dispatchEvent(new Event("input", { bubbles: true }));
    });
    bar.querySelector("[data-forget]").addEventListener("click", forget);
  }

  form.addEventListener("input", () => {
    changed = true;
    try {
      localStorage.setItem(key, JSON.stringify({ at: Date.now(), texts: texts() }));
    } catch {
      // The browser's store is full or switched off: the warning on leaving is left.
    }
  });
  // Kept until the server has taken it: a new version has another key.
  form.addEventListener("submit", () => {
    changed = false;
  });
  window.addEventListener("beforeunload", (event) => {
    if (changed) event.preventDefault();
  });
  if (document.querySelector(".messagelist .success")) {
    const page = `draft:${location.pathname}:`;
    Object.keys(localStorage).filter((name) => name.startsWith(page)).forEach((name) => {
      localStorage.removeItem(name);
    });
  }
  offer();
}
