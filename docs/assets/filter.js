/* Filters the list of all questions by role, stage, priority and kind. The choice stands in the
   address, so that a filtered list can be sent to somebody. Without this script every row shows. */
const form = document.querySelector("[data-filter]");
const rows = [...document.querySelectorAll("[data-role][data-stage]")];
const count = form.querySelector("[role=status]");
const axes = [...form.querySelectorAll("select")];

/** @param {HTMLElement} row
    @param {any} given */
const fits = (row, { name, value }) => !value || String(row.dataset[name]).split(" ").includes(value);

function apply() {
  let shown = 0;
  for (const row of rows) {
    row.hidden = !axes.every((axis) => fits(row, axis));
    if (!row.hidden) shown += 1;
  }
  count.textContent = shown
    ? `${shown} of ${rows.length} questions shown`
    : "No question fits. Show all, or choose less.";
}

function remember() {
  const chosen = axes.filter((axis) => axis.value).map((axis) => [axis.name, axis.value]);
  const query = new URLSearchParams(chosen).toString();
  history.replaceState(null, "", query ? `?${query}` : location.pathname);
}

const asked = new URLSearchParams(location.search);
for (const axis of axes) {
  const value = asked.get(axis.name) ?? "";
  if ([...axis.options].some((option) => option.value === value)) axis.value = value;
}
form.addEventListener("change", () => {
  apply();
  remember();
});
form.addEventListener("reset", () => {
  setTimeout(() => {
    apply();
    remember();
  });
});
form.addEventListener("submit", (/** @type {SubmitEvent} */ event) => event.preventDefault());
form.hidden = false;
apply();
