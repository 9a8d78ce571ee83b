/* In a long list of contents, the entry of the section that is being read is marked. */
const list = document.querySelector("#contents");
/** @type {Map<HTMLElement, HTMLElement>} */
const entries = new Map();
for (const link of list.querySelectorAll("a")) {
  const heading = document.getElementById(decodeURIComponent(link.hash.slice(1)));
  if (heading) entries.set(heading, link);
}
const headings = [...entries.keys()];
// A section is read from where its heading stands when one has followed a link to it.
const line = parseFloat(getComputedStyle(document.documentElement).scrollPaddingTop) + 2;

/** The section being read: at the end of the page, the one asked for, or else the last.
    @returns {HTMLElement | undefined} */
function current() {
  const root = document.documentElement;
  const atEnd = scrollY > 0 && scrollY + innerHeight >= root.scrollHeight - 2;
  if (atEnd) return headings.find((heading) => heading.matches(":target")) ?? headings.at(-1);
  return headings.findLast((heading) => heading.getBoundingClientRect().top < line);
}

function mark() {
  const heading = current();
  const link = heading && entries.get(heading);
  if (link?.hasAttribute("aria-current")) return;
  list.querySelector("[aria-current]")?.removeAttribute("aria-current");
  if (!link) return;
  link.setAttribute("aria-current", "true");
  // The list follows, unless somebody is using it.
  const box = [list, list.parentElement].find((each) => each.scrollHeight > each.clientHeight + 1);
  if (!box || box.matches(":hover, :focus-within")) return;
  const { top, bottom } = link.getBoundingClientRect();
  const frame = box.getBoundingClientRect();
  if (top < frame.top || bottom > frame.bottom) box.scrollTop += top - frame.top - frame.height / 3;
}

const watch = new IntersectionObserver(mark, { rootMargin: `-${line}px 0px 0px`, threshold: [0, 1] });
for (const heading of headings) watch.observe(heading);
new IntersectionObserver(mark).observe(document.querySelector("footer"));

// As a sheet over the page, it goes once an entry is chosen.
list.addEventListener("click", ({ target }) => {
  if (/** @type {Element} */ (target).closest("a")) list.hidePopover?.();
});
