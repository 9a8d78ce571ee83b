/* Buttons that print the page, or only the part of it that they name (the stylesheet knows which).
   Each shows once this script can keep what it promises. */
for (const place of document.querySelectorAll("[data-print]")) {
  place.querySelector("button").addEventListener("click", () => {
    document.body.dataset.printed = place.dataset.print;
    print();
  });
  place.hidden = false;
}
addEventListener("afterprint", () => delete document.body.dataset.printed);
