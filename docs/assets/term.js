/* A term's explanation opens by click without this script; with it, also by hover and by keyboard focus.
   A browser without popovers has the stylesheet's way. */
const OPEN_AFTER = 150;
const CLOSE_AFTER = 250;

const terms = "popover" in HTMLElement.prototype ? document.querySelectorAll(".pb-term") : [];

for (const term of terms) {
  const word = term.querySelector("button");
  const text = term.querySelector("[popover]");
  let timer = 0;
  let openedByPointer = false;
  let isClosing = false;

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
  // Escape gives the focus back to the word, which must not open what is just being closed.
  text.addEventListener("beforetoggle", (event) => {
    isClosing = event.newState === "closed";
  });
  text.addEventListener("toggle", () => {
    isClosing = false;
  });
  word.addEventListener("focus", () => {
    if (!isClosing && word.matches(":focus-visible")) open();
  });
  term.addEventListener("focusout", (event) => {
    if (!term.contains(event.relatedTarget)) close();
  });
  // A click pins what hover has opened.
  word.addEventListener("click", (event) => {
    clearTimeout(timer);
    if (!openedByPointer) return;
    event.preventDefault();
    openedByPointer = false;
  });
}
