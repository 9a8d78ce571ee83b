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

/** @param {Found} found
    @param {URL} root The address of the site. */
export const linesOf = ({ results }, root) => results.map((each) => lineOf(each, root));

/** How many there are, in words.
    @param {Found} found */
export function countOf({ total, results: { length } }) {
  return `${length < total ? "The first " : ""}${length} ${length === 1 ? "result" : "results"}`;
}
