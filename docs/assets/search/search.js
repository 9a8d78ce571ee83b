/* Search in a dialog. What finds and ranks, search-index.js, its library and the index are fetched
   when the reader turns to search. Without this script the button is a link to all questions. */
const opener = document.querySelector("a[data-search]");
const dialog = document.querySelector("[data-search-dialog]");
const input = dialog.querySelector("input");
const status = dialog.querySelector("[role=status]");
const list = dialog.querySelector("ol");
const root = new URL(String(document.body.dataset.root).replace(/\/?$/, "/"), location.href);
/** @type {ReturnType<typeof load> | null} */
let loading = null;

async function load() {
  const [{ makeSearch }, response] = await Promise.all([
    import("./search-index.js"),
    fetch(opener.dataset.index),
  ]);
  if (!response.ok) throw new Error(`the index answered ${response.status}`);
  return makeSearch((await response.json()).docs);
}

/** @param {SearchResult} result */
function line(result) {
  const item = document.createElement("li");
  const link = document.createElement("a");
  link.href = new URL(result.address, root).href;
  link.textContent = result.title;
  const where = document.createElement("small");
  where.textContent = result.page && ` ${result.page}`;
  const text = document.createElement("p");
  text.textContent = result.text;
  const asked = document.createElement("p");
  asked.textContent = result.asked && `Also asked as: ${result.asked}`;
  item.append(link, where, ...[text, asked].filter((part) => part.textContent));
  return item;
}

/** @param {{ total: number, results: SearchResult[] }} given
    @param {string} words */
function show({ total, results }, words) {
  const count = results.length;
  list.replaceChildren(...results.map(line));
  status.textContent = count
    ? `${count < total ? "The first " : ""}${count} ${count === 1 ? "result" : "results"}`
    : `Nothing found for “${words}”. Try one word, or see all questions.`;
}

async function search() {
  const words = input.value.trim();
  if (!words) {
    list.replaceChildren();
    status.textContent = "";
    return;
  }
  try {
    loading ??= load();
    const find = await loading;
    if (words === input.value.trim()) show(find(words), words);
  } catch (error) {
    loading = null;
    status.textContent = `Search could not be loaded (${
      /** @type {Error} */ (error).message
    }). All questions are on one page.`;
  }
}

/** @param {Event} event */
function open(event) {
  event.preventDefault();
  dialog.showModal();
  input.select();
  loading ??= load();
  loading.catch(() => (loading = null)); // The next try starts afresh; search() says what failed.
}

opener.setAttribute("role", "button");
opener.addEventListener("click", (/** @type {MouseEvent} */ event) => {
  if (!event.ctrlKey && !event.metaKey && !event.shiftKey) open(event);
});
opener.addEventListener("keydown", (/** @type {KeyboardEvent} */ event) => {
  if (event.key === " ") open(event);
});
// In a text field the keys are the field's: on a Mac, Control and K cut the rest of the line.
/** @param {any} element */
const isTypedIn = (element) =>
  element !== input &&
  element.closest("input:not([type=radio], [type=checkbox], [type=range]), textarea, [contenteditable]");
document.addEventListener("keydown", (event) => {
  const withShift = event.shiftKey || event.altKey; // Those are the browser's own.
  const isShortcut = event.key?.toLowerCase() === "k" && (event.ctrlKey || event.metaKey) && !withShift;
  if (isShortcut && !event.isComposing && !isTypedIn(event.target)) open(event);
});
dialog.addEventListener("click", (/** @type {any} */ event) => {
  if (event.target === dialog || event.target.closest("li a")) dialog.close();
});
input.addEventListener("input", search);
// Enter in the search field opens the first result; the button closes.
dialog.querySelector("form").addEventListener("submit", (/** @type {SubmitEvent} */ event) => {
  if (event.submitter && document.activeElement !== input) return;
  event.preventDefault();
  list.querySelector("a")?.click();
});
// While an input method composes a word, and with another key held down, a key is the field's own.
/** @param {KeyboardEvent} event */
const isFieldsOwn = (event) =>
  event.isComposing || event.shiftKey || event.ctrlKey || event.altKey || event.metaKey;
input.addEventListener("keydown", (/** @type {KeyboardEvent} */ event) => {
  if (isFieldsOwn(event)) return;
  if (event.key === "ArrowDown") list.querySelector("a")?.focus();
  else if (event.key === "Escape") dialog.close(); // By itself it would only empty the field.
  else return;
  event.preventDefault();
});
list.addEventListener("keydown", (/** @type {KeyboardEvent} */ event) => {
  const links = [...list.querySelectorAll("a")];
  const index = links.indexOf(document.activeElement);
  if (event.key === "ArrowDown") links[index + 1]?.focus();
  else if (event.key === "ArrowUp") (links[index - 1] ?? input).focus();
  else return;
  event.preventDefault();
});
