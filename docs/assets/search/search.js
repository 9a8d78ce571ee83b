/* Search in a dialog. What finds and shows is fetched when the reader turns to it.
   Without this script the button is a link to all questions. */
const opener = document.querySelector("a[data-search]");
const dialog = document.querySelector("[data-search-dialog]");
const input = dialog.querySelector("input[type=search]");
const status = dialog.querySelector("[role=status]");
const list = dialog.querySelector("ol");
const slash = dialog.querySelector("[data-search-slash]");
const root = new URL(String(document.body.dataset.root).replace(/\/?$/, "/"), location.href);
const isApple = /mac|iphone|ipad/i.test(navigator.platform);
const SLASH_OFF = `ml-needs-support:${root.pathname}:v1:no-slash`;
/** @type {ReturnType<typeof load> | null} */
let loading = null;
let composing = false;

async function load() {
  const [{ makeSearch }, { show, walkByKeys }, response] = await Promise.all([
    import("./search-index.js"),
    import("./search-results.js"),
    fetch(opener.dataset.index),
  ]);
  if (!response.ok) throw new Error(`the index answered ${response.status}`);
  const index = /** @type {SearchIndex} */ (await response.json());
  const find = await makeSearch(index);
  walkByKeys(list, input, isFieldsOwn);
  return (/** @type {string} */ words) => show(find(words), list, status, root);
}

/** Say something, and where all questions are.
    @param {string} before
    @param {string} after */
function sayAndLink(before, after) {
  const link = document.createElement("a");
  link.href = opener.href;
  link.textContent = "all questions";
  status.replaceChildren(before, link, after);
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
    const show = await loading;
    if (words === input.value.trim() && !show(words)) {
      sayAndLink(`Nothing found for “${words}”. Try one word, or see `, ".");
    }
  } catch (error) {
    loading = null;
    const { message } = /** @type {Error} */ (error);
    sayAndLink(`Search could not be loaded (${message}). See `, " on one page.");
  }
}

/** @param {Event} event */
function open(event) {
  event.preventDefault();
  if (!dialog.open) dialog.showModal();
  input.focus();
  input.select();
  loading ??= load();
  loading.catch(() => (loading = null)); // search() says what failed.
}

opener.setAttribute("role", "button");
opener.addEventListener("click", (event) => {
  if (!event.ctrlKey && !event.metaKey && !event.shiftKey) open(event);
});
opener.addEventListener("keydown", (event) => {
  if (event.key === " ") open(event);
});

/** Whether an input method reads the key. Safari says so by a number only.
    @param {KeyboardEvent} event */
const isComposed = (event) => composing || event.isComposing || event.keyCode === 229;
// In a text field the keys are the field's: on a Mac, Control and K cut the rest of the line.
const TYPED_IN = "input:not([type=radio], [type=checkbox], [type=range]), textarea, [contenteditable]";
/** @param {KeyboardEvent} event */
function isShortcut(event) {
  const element = /** @type {HTMLElement} */ (event.target);
  const held = isApple ? event.metaKey : event.ctrlKey;
  const other = isApple ? event.ctrlKey : event.metaKey;
  if (other || event.altKey || isComposed(event)) return false;
  if (event.key?.toLowerCase() === "k") {
    return held && !event.shiftKey && (element === input || !element.closest(TYPED_IN));
  }
  // On many keyboards the slash is typed with Shift. A list of choices jumps to a letter.
  if (event.key !== "/" || held || !slash.checked) return false;
  // The field has the focus for a moment longer than the dialog is open.
  return element === input ? !dialog.open : !element.closest(`${TYPED_IN}, select`);
}
document.addEventListener("keydown", (event) => {
  if (isShortcut(event)) open(event);
});

// People who dictate, or press keys by accident, can do without the single key (WCAG 2.1.4).
function showShortcuts() {
  const together = isApple ? "⌘K" : "Ctrl+K";
  for (const key of dialog.querySelectorAll("[data-search-keys]")) key.textContent = together;
  opener.title = slash.checked ? `${together} or /` : together;
  opener.setAttribute("aria-keyshortcuts", `${isApple ? "Meta" : "Control"}+K${slash.checked ? " /" : ""}`);
}
try {
  slash.checked = !localStorage.getItem(SLASH_OFF);
} catch {
  // Storage is blocked: the key works.
}
showShortcuts();
slash.addEventListener("change", () => {
  showShortcuts();
  try {
    if (slash.checked) localStorage.removeItem(SLASH_OFF);
    else localStorage.setItem(SLASH_OFF, "1");
  } catch {
    // The choice holds for this page only.
  }
});

dialog.addEventListener("click", (event) => {
  const element = /** @type {Element} */ (event.target);
  const isElsewhere = event.ctrlKey || event.metaKey || event.shiftKey; // In a tab or window of its own.
  if (element === dialog || (element.closest("a") && !isElsewhere)) dialog.close();
});
dialog.addEventListener("cancel", (event) => {
  if (composing) event.preventDefault();
});
input.addEventListener("compositionstart", () => (composing = true));
input.addEventListener("compositionend", () => (composing = false));
input.addEventListener("input", search);
// Enter in the search field opens the first result; the button closes.
dialog.querySelector("form").addEventListener("submit", (event) => {
  if (event.submitter && document.activeElement !== input) return;
  event.preventDefault();
  if (!composing) list.querySelector("a")?.click();
});
// These keys are the field's own.
/** @param {KeyboardEvent} event */
const isFieldsOwn = (event) =>
  isComposed(event) || event.shiftKey || event.ctrlKey || event.altKey || event.metaKey;
input.addEventListener("keydown", (event) => {
  if (isFieldsOwn(event)) return;
  if (event.key === "ArrowDown") list.querySelector("a")?.focus();
  else if (event.key === "Escape") dialog.close(); // By itself it would only empty the field.
  else return;
  event.preventDefault();
});
