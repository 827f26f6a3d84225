// Puts text into a text area so that the browser's own undo takes it back.
export function insert(area, text, start = area.selectionStart, end = area.selectionEnd) {
  area.focus();
  area.setSelectionRange(start, end);
  // The only way of writing into a field that the undo of every browser knows.
  if (!document.execCommand("insertText", false, text)) {
    area.setRangeText(text, start, end, "end");
    area.dispatchEvent(new Event("input", { bubbles: true }));
  }
}

// Puts marks around what is selected, or around `words`, which stay selected.
export function wrap(area, before, after, words) {
  const { selectionStart: start, value, selectionEnd: end } = area;
  const text = value.slice(start, end) || words;
  insert(area, before + text + after);
  area.setSelectionRange(start + before.length, start + before.length + text.length);
}

// Begins the line that the cursor is in with a mark.
export function begin(area, mark) {
  const start = area.value.lastIndexOf("\n", area.selectionStart - 1) + 1;
  insert(area, mark, start, start);
}

// Selects a line, counted from 1, and brings it into view; 0 is the whole field.
export function selectLine(area, line) {
  area.focus();
  if (!line || area.tagName !== "TEXTAREA") return;
  const lines = area.value.split("\n");
  const start = lines.slice(0, line - 1).join("\n").length + (line > 1 ? 1 : 0);
  area.setSelectionRange(start, start + (lines[line - 1] ?? "").length);
  area.scrollTop = (area.scrollHeight * (line - 1)) / lines.length - area.clientHeight / 3;
}
