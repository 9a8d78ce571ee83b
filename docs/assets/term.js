/* A term's explanation opens by click and tap without this script. With it, also by hover and by
   keyboard focus, and the Escape key closes it (the popover does that by itself). */
const OPEN_AFTER = 150;
const CLOSE_AFTER = 250;

for (const term of document.querySelectorAll(".pb-term")) {
  const word = term.querySelector("button");
  const text = term.querySelector("[popover]");
  let timer = 0;
  let openedByPointer = false;

  const isOpen = () => text.matches(":popover-open");
  const open = () => isOpen() || text.showPopover({ source: word });
  const close = () => isOpen() && text.hidePopover();

  term.addEventListener("pointerenter", (event) => {
    if (event.pointerType !== "mouse") return;
    clearTimeout(timer);
    timer = setTimeout(() => {
      openedByPointer = !isOpen();
      open();
    }, OPEN_AFTER);
  });
  term.addEventListener("pointerleave", (event) => {
    if (event.pointerType !== "mouse") return;
    clearTimeout(timer);
    if (openedByPointer) timer = setTimeout(close, CLOSE_AFTER);
  });
  word.addEventListener("focus", () => {
    if (word.matches(":focus-visible")) open();
  });
  term.addEventListener("focusout", (event) => {
    if (!term.contains(event.relatedTarget)) close();
  });
  // A click on a word that hover has opened pins it instead of closing it.
  word.addEventListener("click", (event) => {
    if (!openedByPointer) return;
    event.preventDefault();
    openedByPointer = false;
  });
}
