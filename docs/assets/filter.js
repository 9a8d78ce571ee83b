/* Filters a list, of all questions or of documented failures, by words and by what its form has lists
   for. The choice is in the address, so that a filtered list can be sent to somebody. Without this
   script every row shows. */
const form = document.querySelector("[data-filter]");
const count = form.querySelector("[role=status]");
const words = form.querySelector("[type=search]");
const showAll = form.querySelector("[type=reset]");
const axes = [...form.querySelectorAll("select")];
const groups = [...document.querySelectorAll("[data-group]")];
// Browsers refuse to change the address too often; it can wait until the typing pauses.
const PAUSE = 300;
let pause = 0;

/** Lower case, no accents, words apart by one space each, one before the first.
    @param {string} text */
const plain = (text) =>
  ` ${text}`.normalize("NFKD").toLowerCase().replace(/[\p{M}'’]/gu, "").replace(/[^\p{L}\p{N}]+/gu, " ");

/** What a row can be found by: its title, its question, and what people say for it.
    @param {HTMLElement} row */
function textOf(row) {
  const shown = /** @type {HTMLElement} */ (row.cloneNode(true));
  for (const explanation of shown.querySelectorAll("[popover]")) explanation.remove();
  return plain(`${shown.textContent} ${row.dataset.phrases ?? ""}`);
}
const rows = [...document.querySelectorAll("[data-role][data-stage]")].map((row) => ({
  row,
  text: textOf(row),
}));

/** @param {HTMLElement} row
    @param {{ name: string, value: string }} given */
const fits = (row, { name, value }) => !value || String(row.dataset[name]).split(" ").includes(value);

function apply() {
  // The beginning of a word is enough, the last one is perhaps not typed to its end.
  const wanted = plain(words.value).split(" ").filter(Boolean);
  let shown = 0;
  for (const { row, text } of rows) {
    row.hidden = !(axes.every((axis) =>
      fits(row, axis)
    ) && wanted.every((word) => text.includes(` ${word}`)));
    if (!row.hidden) shown += 1;
  }
  for (const group of groups) group.hidden = !group.querySelector("[data-stage]:not([hidden])");
  count.textContent = shown
    ? `${shown} of ${rows.length} ${form.dataset.many} shown`
    : `No ${form.dataset.filter} matches. Show all, or choose fewer filters.`;
  showAll.classList.toggle("pb-filter__idle", shown === rows.length);
}

function remember() {
  clearTimeout(pause);
  const chosen = [words, ...axes].filter(({ value }) => value.trim()).map(({ name, value }) => [name, value]);
  const query = new URLSearchParams(chosen).toString();
  history.replaceState(null, "", query ? `?${query}` : location.pathname);
}

const asked = new URLSearchParams(location.search);
words.value = asked.get("q") ?? "";
for (const axis of axes) {
  const value = asked.get(axis.name) ?? "";
  if ([...axis.options].some((option) => option.value === value)) axis.value = value;
}
form.addEventListener("input", () => {
  apply();
  clearTimeout(pause);
  pause = setTimeout(remember, PAUSE);
});
form.addEventListener("change", remember);
// Whoever follows a link before the pause is over comes back to the same list.
addEventListener("pagehide", remember);
form.addEventListener("reset", () => {
  setTimeout(() => {
    apply();
    remember();
    words.focus();
  });
});
form.addEventListener("submit", (event) => event.preventDefault());
form.hidden = false;
apply();
