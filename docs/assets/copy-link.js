/* Turns each permanent link into one that is copied on click, and says so. Without this script it
   is an ordinary link to the same address. */
const SAY_FOR = 4000;
const status = document.createElement("p");
status.className = "pb-hidden";
status.setAttribute("role", "status");
document.body.append(status);

for (const link of document.querySelectorAll("a[data-copy-link]")) {
  link.firstChild.textContent = "Copy link";
  const note = document.createElement("span");
  note.className = "pb-copied";
  link.after(note);

  link.addEventListener("click", async (/** @type {MouseEvent} */ event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    try {
      await navigator.clipboard.writeText(link.href);
      note.textContent = "Copied";
      status.textContent = `Link copied${link.querySelector(".pb-hidden").textContent}`;
    } catch {
      // No clipboard here (an insecure address, or not allowed): show the address itself.
      note.textContent = link.href;
      status.textContent = `Could not copy. The address is ${link.href}`;
    }
    setTimeout(() => {
      if (note.textContent === "Copied") note.textContent = "";
      status.textContent = "";
    }, SAY_FOR);
  });
}
