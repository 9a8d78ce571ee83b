/* A term's explanation opens by click and tap without this script. With it, also by hover and by
   keyboard focus, and the Escape key closes it (the popover does that by itself). A browser without
   popovers has the stylesheet's way: the text shows while its word has the focus or the pointer. */
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
    if (!term.contains(/** @type {Node | null} */ (event.relatedTarget))) close();
  });
  // A click on a word that hover has opened pins it instead of closing it.
  word.addEventListener("click", (event) => {
    clearTimeout(timer); // What the click opens or closes stays so.
    if (!openedByPointer) return;
    event.preventDefault();
    openedByPointer = false;
  });
}
