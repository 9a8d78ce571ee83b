/* Search in a dialog. The index and the search library are fetched when the reader turns to search,
   never before. Without this script the button is a link to the list of all questions. */
const MOST_RESULTS = 12;
const EXCERPT = 140;

const opener = document.querySelector("a[data-search]");
const dialog = document.querySelector("[data-search-dialog]");
const input = dialog.querySelector("input");
const status = dialog.querySelector("[role=status]");
const list = dialog.querySelector("ol");
const root = new URL(document.body.dataset.root.replace(/\/?$/, "/"), location.href);
let loading = null;

const plain = (html) =>
  new DOMParser().parseFromString(html, "text/html").body.textContent.replace(/\s+/g, " ").trim();

async function load() {
  const [{ default: MiniSearch }, response] = await Promise.all([
    import("./vendor/minisearch-7.2.0.js"),
    fetch(opener.dataset.index),
  ]);
  if (!response.ok) throw new Error(`the index answered ${response.status}`);
  const { docs } = await response.json();
  const pages = new Map();
  for (const doc of docs) if (!doc.location.includes("#")) pages.set(doc.location, plain(doc.title));
  const index = new MiniSearch({ fields: ["title", "text"], storeFields: ["title", "text", "page"] });
  index.addAll(
    docs.map((doc) => ({
      id: doc.location,
      title: plain(doc.title),
      text: plain(doc.text),
      page: pages.get(doc.location.split("#")[0]) ?? "",
    })),
  );
  return index;
}

const OPTIONS = {
  boost: { title: 3 },
  prefix: (term) => term.length > 1,
  fuzzy: (term) => (term.length > 4 ? 0.2 : false),
};

function find(index, words) {
  const phrase = words.toLowerCase();
  // A question answers better than a page that merely lists it, and a text that holds the words as
  // they were typed better than one that holds them here and there.
  const boostDocument = (id, _, { title, text }) =>
    (id.startsWith("roles/") && id.includes("#") ? 1.5 : 1) *
    (`${title} ${text}`.toLowerCase().includes(phrase) ? 4 : 1);
  const options = { ...OPTIONS, boostDocument };
  const all = index.search(words, { ...options, combineWith: "AND" });
  const known = new Set(all.map((result) => result.id));
  const some = index.search(words, options).filter((result) => !known.has(result.id));
  return [...all, ...some].slice(0, MOST_RESULTS);
}

function excerpt({ text, terms }) {
  const lower = text.toLowerCase();
  const at = Math.min(...terms.map((term) => lower.indexOf(term)).filter((place) => place >= 0));
  const start = Number.isFinite(at) ? Math.max(0, at - 40) : 0;
  const cut = text.slice(start, start + EXCERPT);
  return `${start ? "… " : ""}${cut}${start + EXCERPT < text.length ? " …" : ""}`;
}

function show(results, words) {
  list.replaceChildren(
    ...results.map((result) => {
      const item = document.createElement("li");
      const link = document.createElement("a");
      link.href = new URL(result.id, root);
      link.textContent = result.title || result.page;
      const where = document.createElement("small");
      where.textContent = result.page === result.title ? "" : ` ${result.page}`;
      const text = document.createElement("p");
      text.textContent = excerpt(result);
      item.append(link, where, text);
      return item;
    }),
  );
  status.textContent = results.length
    ? `${results.length === MOST_RESULTS ? "The first " : ""}${results.length} results`
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
    const index = await loading;
    if (words === input.value.trim()) show(find(index, words), words);
  } catch (error) {
    loading = null;
    status.textContent = `Search could not be loaded (${error.message}). All questions are on one page.`;
  }
}

function open(event) {
  event.preventDefault();
  dialog.showModal();
  input.select();
  loading ??= load();
  loading.catch(() => (loading = null)); // The next try starts afresh; search() says what failed.
}

opener.setAttribute("role", "button");
opener.addEventListener("click", (event) => {
  if (!event.ctrlKey && !event.metaKey && !event.shiftKey) open(event);
});
opener.addEventListener("keydown", (event) => {
  if (event.key === " ") open(event);
});
document.addEventListener("keydown", (event) => {
  const withShift = event.shiftKey || event.altKey; // Those are the browser's own.
  if (event.key.toLowerCase() === "k" && (event.ctrlKey || event.metaKey) && !withShift) open(event);
});
dialog.addEventListener("click", (event) => {
  if (event.target === dialog || event.target.closest("li a")) dialog.close();
});
input.addEventListener("input", search);
// Enter in the search field opens the first result; the button closes.
dialog.querySelector("form").addEventListener("submit", (event) => {
  if (event.submitter && document.activeElement !== input) return;
  event.preventDefault();
  list.querySelector("a")?.click();
});
input.addEventListener("keydown", (event) => {
  if (event.key === "ArrowDown") list.querySelector("a")?.focus();
  else if (event.key === "Escape") dialog.close(); // By itself it would only empty the field.
  else return;
  event.preventDefault();
});
list.addEventListener("keydown", (event) => {
  const links = [...list.querySelectorAll("a")];
  const at = links.indexOf(document.activeElement);
  if (event.key === "ArrowDown") links[at + 1]?.focus();
  else if (event.key === "ArrowUp") (links[at - 1] ?? input).focus();
  else return;
  event.preventDefault();
});
