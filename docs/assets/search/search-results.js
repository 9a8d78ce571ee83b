/* What the search shows of each result; fetched when the reader turns to search. */
/** An entry of the list: where it leads, to whom or which page it belongs, and what it says.
    @param {SearchResult} result
    @param {URL} root The address of the site. */
function lineOf(result, root) {
  const item = document.createElement("li");
  const link = document.createElement("a");
  link.href = new URL(result.address, root).href;
  link.textContent = result.title;
  const where = document.createElement("small");
  if (result.role) {
    const mark = document.createElement("span");
    mark.className = `pb-mark pb-mark--${result.role}`;
    mark.setAttribute("aria-hidden", "true");
    where.append(mark);
  }
  where.append(result.page);
  const text = document.createElement("p");
  text.textContent = result.text;
  const asked = document.createElement("p");
  asked.textContent = result.asked && `${result.role ? "Also asked as" : "Also"}: ${result.asked}`;
  item.append(link, ...(result.page ? [" ", where] : []));
  item.append(...[text, asked].filter((part) => part.textContent));
  return item;
}

/** @typedef {{ total: number, results: SearchResult[] }} Found */

/** Show what was found, and how much that is; returns it.
    @param {Found} found
    @param {HTMLElement} list
    @param {HTMLElement} status
    @param {URL} root The address of the site. */
export function show({ total, results }, list, status, root) {
  const { length } = results;
  list.replaceChildren(...results.map((each) => lineOf(each, root)));
  const first = length < total ? "The first " : "";
  status.textContent = `${first}${length} ${length === 1 ? "result" : "results"}`;
  return total;
}

/** Let the arrow keys move through the results, and from the first back to the field.
    @param {HTMLElement} list
    @param {HTMLInputElement} input
    @param {(event: KeyboardEvent) => boolean} isFieldsOwn Whether a key means something else. */
export function walkByKeys(list, input, isFieldsOwn) {
  list.addEventListener("keydown", (event) => {
    const links = [...list.querySelectorAll("a")];
    const index = links.findIndex((link) => link === document.activeElement);
    if (isFieldsOwn(event)) return;
    if (event.key === "ArrowDown") links[index + 1]?.focus();
    else if (event.key === "ArrowUp") (links[index - 1] ?? input).focus();
    else return;
    event.preventDefault();
  });
}
