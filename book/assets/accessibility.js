/* What the theme leaves undone for people who listen to a page or use no mouse. */
(() => {
  /* A name has to hold the text that can be seen: a person who speaks commands says that text. */
  function nameByText(element) {
    const text = element.innerText.replace(/\s+/g, " ").trim();
    if (text && !element.getAttribute("aria-label").includes(text)) {
      element.setAttribute("aria-label", text);
    }
  }

  /* What scrolls sideways has to be reached by the keyboard. */
  function reachWhatScrolls() {
    for (const block of document.querySelectorAll("pre, .cell_output .output, table, .math")) {
      if (block.scrollWidth > block.clientWidth && !block.hasAttribute("tabindex")) {
        block.tabIndex = 0;
      }
    }
  }

  addEventListener("load", () => {
    document.querySelectorAll("button svg title").forEach((title) => title.remove());
    document.querySelectorAll("button[aria-label]").forEach(nameByText);
    for (const summary of document.querySelectorAll("summary[aria-label]")) {
      summary.removeAttribute("aria-label"); // its text says "Show" or "Hide" and what
    }
    for (const title of document.querySelectorAll(".sidebar-primary-items__start")) {
      title.setAttribute("role", "navigation");
      title.setAttribute("aria-label", "Book");
    }
    reachWhatScrolls();
    document.addEventListener("toggle", reachWhatScrolls, true);
    addEventListener("resize", reachWhatScrolls);
  });
})();
