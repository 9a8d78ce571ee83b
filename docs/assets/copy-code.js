/* Gives each block of code a button that copies it. Without this script the code is selected by hand. */
const SAY_FOR = 4000;
const NAME = "Copy";
const status = document.createElement("p");
status.className = "pb-hidden";
status.setAttribute("role", "status");
document.body.append(status);

// Where the clipboard is not to be had (an insecure address), there is no button.
for (const block of navigator.clipboard ? document.querySelectorAll("div.highlight") : []) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "pb-tool pb-copy";
  const shown = document.createTextNode(NAME);
  const what = document.createElement("span");
  what.className = "pb-hidden";
  what.textContent = ` ${block.querySelector(".filename")?.textContent ?? "this code"}`;
  button.append(shown, what);
  block.append(button);

  button.addEventListener("click", async () => {
    try {
      await navigator.clipboard.writeText(block.querySelector("code").textContent);
      status.textContent = shown.data = "Copied";
    } catch {
      status.textContent = shown.data = "Could not copy";
    }
    setTimeout(() => {
      shown.data = NAME;
      status.textContent = "";
    }, SAY_FOR);
  });
}
