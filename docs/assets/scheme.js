/* Light or dark: the reader's choice, kept in this browser, or else the system's.
   A classic script in the head, so that no page flashes in the wrong scheme. */
"use strict";
{
  // Other sites may share the host: the key holds where this one stands.
  const base = new URL("..", /** @type {HTMLScriptElement} */ (document.currentScript).src).pathname;
  const KEY = `ml-needs-support:${base}:v1:scheme`;
  const root = document.documentElement;
  const stored = () => {
    try {
      return localStorage.getItem(KEY);
    } catch {
      return null; // Storage is blocked: the system's choice holds.
    }
  };
  const current = () =>
    root.dataset.scheme || (matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light");

  const kept = stored();
  if (kept === "dark" || kept === "light") root.dataset.scheme = kept;

  document.addEventListener("DOMContentLoaded", () => {
    const button = document.querySelector("[data-scheme-toggle]");
    const name = button.querySelector("[data-scheme-name]");
    const show = () => {
      name.textContent = current() === "dark" ? "Light" : "Dark";
      button.setAttribute("aria-label", `${name.textContent} scheme`);
    };
    button.hidden = false;
    show();
    button.addEventListener("click", () => {
      root.dataset.scheme = current() === "dark" ? "light" : "dark";
      show();
      try {
        localStorage.setItem(KEY, root.dataset.scheme);
      } catch {
        // The choice holds for this page only.
      }
    });
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", show);
  });
}
