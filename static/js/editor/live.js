// The public page beside the text, and what the checks find in it, while somebody writes.
import { selectLine } from "./insert.js";

const PAUSE = 500; // milliseconds without a key
const WIDE = "(min-width: 80rem)"; // as in editor.css

function withoutFiles(data) {
  for (const [name, value] of [...data]) if (value instanceof File) data.delete(name);
  return data;
}

export function live(form, panel) {
  const frame = panel.querySelector("iframe");
  const note = panel.querySelector("[role=status]");
  const list = panel.querySelector("ul");
  const count = panel.querySelector("[data-count]");
  let timer;
  let asking = new AbortController();
  let top = 0; // where the reader of the preview is
  let loading = false;

  function row(message, field, line) {
    const item = document.createElement("li");
    const input = form.elements[field];
    if (!input?.focus) item.textContent = message;
    else {
      const button = document.createElement("button");
      button.type = "button";
      button.textContent = message;
      button.addEventListener("click", () => selectLine(input, line));
      item.append(button);
    }
    return item;
  }

  function show({ html, findings, problems }) {
    list.replaceChildren(
      ...problems.map(({ message, field }) => row(message, field, 0)),
      ...findings.filter((each) => !each.waived).map((each) => {
        const item = row(each.text, each.field, each.line);
        item.className = `finding-${each.level}`;
        return item;
      }),
    );
    count.textContent = `(${list.children.length})`;
    note.textContent = problems.length ? panel.dataset.faulty : "";
    if (!html) return;
    const { scrollY } = frame.contentWindow;
    if (scrollY || !loading) top = scrollY;
    loading = true;
    frame.srcdoc = html;
  }

  function loaded() {
    loading = false;
    // Whoever has gone on meanwhile is left there.
    if (!frame.contentWindow.scrollY) frame.contentWindow.scrollTo(0, top);
  }

  async function renew() {
    asking.abort();
    asking = new AbortController();
    note.textContent = panel.dataset.updating;
    try {
      const answer = await fetch(panel.dataset.live, {
        method: "POST",
        body: withoutFiles(new FormData(form)),
        signal: asking.signal,
      });
      if (answer.redirected || !answer.ok) throw new Error(answer.status);
      show(await answer.json());
    } catch (error) {
      if (error.name !== "AbortError") note.textContent = panel.dataset.unreachable;
    }
  }

  // Beside the text where there is room; above it only for whoever opens them.
  if (matchMedia(WIDE).matches) {
    panel.querySelectorAll("details").forEach((each) => each.setAttribute("open", ""));
  }
  frame.addEventListener("load", loaded);
  form.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(renew, PAUSE);
  });
  renew();
}
