/* Turns a question's permanent link into a button that shares it: by the system's own sheet where there
   is one, else by copying. */
const SAY_FOR = 4000;
const link = document.querySelector("a[data-share]");
const status = document.createElement("p");
status.setAttribute("role", "status");
status.className = "pb-hidden";
link.closest("div")?.after(status);
link.textContent = "Share";
link.setAttribute("role", "button");

async function copy() {
  try {
    await navigator.clipboard.writeText(link.href);
    link.textContent = "Copied";
    status.textContent = "Link copied";
    setTimeout(() => {
      link.textContent = "Share";
      status.textContent = "";
    }, SAY_FOR);
  } catch {
    // No clipboard (an insecure address, or not allowed): the address itself stays in view.
    status.className = "pb-copied";
    status.textContent = `Could not copy. The address is ${link.href}`;
  }
}

async function share() {
  const text = document.querySelector("meta[name=description]").getAttribute("content") ?? "";
  const given = { title: document.querySelector("h1").textContent, text, url: link.href };
  if (!navigator.canShare?.(given)) return copy();
  try {
    await navigator.share(given);
  } catch (error) {
    // Who closes the sheet has changed their mind.
    if (/** @type {Error} */ (error).name !== "AbortError") await copy();
  }
}

link.addEventListener("click", (event) => {
  if (event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  share();
});
link.addEventListener("keydown", (event) => {
  if (event.key !== " ") return;
  event.preventDefault();
  share();
});
