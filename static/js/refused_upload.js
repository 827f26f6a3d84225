// Says beside the Markdown editor why a picture was refused. The editor's own script would write
// "Invalid response" into the text instead.
function tell(event) {
  const [answer] = event.detail;
  const editor = event.target.querySelector(".markdownx-editor");
  const { value, selectionStart, selectionEnd } = editor;
  clear(event);
  const note = document.createElement("p");
  note.className = "errornote refused-upload";
  note.setAttribute("role", "alert");
  note.textContent = answer.image[0];
  event.target.before(note);
  setTimeout(() => {
    editor.value = value;
    editor.setSelectionRange(selectionStart, selectionEnd);
  });
}

function clear(event) {
  const note = event.target.previousElementSibling;
  if (note?.classList.contains("refused-upload")) note.remove();
}

// The events do not bubble, so they are caught on their way down.
document.addEventListener("markdownx.fileUploadError", tell, true);
document.addEventListener("markdownx.fileUploadEnd", clear, true);
