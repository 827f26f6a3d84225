// Shows the entry that the fields of a source give while somebody types. The server makes it, by
// the code that makes the entries of the public pages.
const PAUSE = 400; // milliseconds without a key

const source = document.querySelector("input[data-preview]");
const region = document.getElementById("entry-preview");
let timer;
let asking = new AbortController();

function show(html) {
  const { body } = new DOMParser().parseFromString(html, "text/html");
  // A screen reader would read the same entry again.
  if (body.innerHTML !== region.innerHTML) region.replaceChildren(...body.childNodes);
}

async function renew() {
  asking.abort();
  asking = new AbortController();
  const fields = new FormData(source.form);
  fields.delete("text"); // the box is no field of the source, and may be long
  let html;
  try {
    const answer = await fetch(source.dataset.preview, {
      method: "POST",
      body: fields,
      signal: asking.signal,
    });
    // Somebody whose session ended is led to the log-in, which is no entry.
    if (answer.redirected || !(answer.ok || answer.status === 413)) return;
    html = await answer.text();
  } catch {
    return; // a newer question came, or there is no connection: the last entry stays
  }
  show(html);
}

if (source && region) {
  source.form.addEventListener("input", ({ target }) => {
    if (target.name === "text") return;
    clearTimeout(timer);
    timer = setTimeout(renew, PAUSE);
  });
  // A form that came back with errors shows what was typed, not what is stored.
  if (source.form.elements.title.value) renew();
}
