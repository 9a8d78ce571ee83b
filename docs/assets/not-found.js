/* A link to a question that a chat, a ticket or a hand has changed (q/Business-Goal, "q/business-goal.",
   q/business-goal%29) leads on to the question, or this page offers the one that was meant. */
const FARTHEST = 0.4; // Wrong letters, as a share of the name.
/** @type {HTMLElement} */
const place = document.querySelector("[data-meant]");
const folder = new URL(String(place.dataset.meant), location.href).pathname;

/** What was typed or pasted, as a question's id is written.
    @param {string} name */
function asId(name) {
  let text = name;
  try {
    text = decodeURIComponent(name);
  } catch { /* A lone % sign: the letters around it may do. */ }
  return text.toLowerCase().replace(/\.html?$|\/.*$/g, "").replace(/[^a-z0-9]+/g, "-").replace(/^-|-$/g, "");
}

/** How many letters differ (Levenshtein).
    @param {string} a
    @param {string} b */
function distance(a, b) {
  let row = [...Array(b.length + 1).keys()];
  for (const [i, letter] of [...a].entries()) {
    const next = [i + 1];
    for (const [j, other] of [...b].entries()) {
      next.push(Math.min(row[j] + Number(letter !== other), row[j + 1] + 1, next[j] + 1));
    }
    row = next;
  }
  return row[b.length];
}

/** @param {string} id
    @param {string} title */
function offer(id, title) {
  const link = document.createElement("a");
  link.href = `${folder}${id}/`;
  link.textContent = title;
  // What stands below stays where it is.
  place.style.minHeight = `${place.offsetHeight}px`;
  place.replaceChildren("Did you mean the question “", link, "”?");
}

const at = location.pathname.toLowerCase().lastIndexOf("/q/");
const asked = at < 0 ? "" : asId(location.pathname.slice(at + "/q/".length));
if (asked) {
  const answer = await fetch(`${folder}../assets/question-titles.json`);
  const titles = /** @type {Record<string, string>} */ (answer.ok ? await answer.json() : {});
  if (Object.hasOwn(titles, asked)) location.replace(`${folder}${asked}/`);
  else {
    const [nearest] = Object.keys(titles)
      .map((id) => ({ id, far: distance(asked, id) / Math.max(id.length, asked.length) }))
      .sort((a, b) => a.far - b.far);
    if (nearest?.far <= FARTHEST) offer(nearest.id, titles[nearest.id]);
  }
}
