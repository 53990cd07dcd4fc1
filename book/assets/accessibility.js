/* What the theme leaves undone for people who listen to a page or use no mouse. */
(() => {
  /* A name has to hold the text that can be seen: a person who speaks commands says that text. */
  function nameByText(element) {
    const text = element.innerText.replace(/\s+/g, " ").trim();
    if (text && !element.getAttribute("aria-label").includes(text)) {
      element.setAttribute("aria-label", text);
    }
  }

  /* A button has one name: its label, its text, or else its icon's title. */
  function hideIcon(icon) {
    const button = icon.closest("button"), title = icon.querySelector("title");
    if (title && !button.ariaLabel && !button.innerText.trim()) {
      button.setAttribute("aria-label", title.textContent);
    }
    title?.remove();
    ["role", "aria-labelledby"].forEach((name) => icon.removeAttribute(name));
    icon.setAttribute("aria-hidden", "true");
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
    document.querySelectorAll("button svg").forEach(hideIcon);
    for (const button of document.querySelectorAll(".theme-switch-button")) {
      // its icons may be drawn later, and are drawn again where the theme changes
      new MutationObserver(() => button.querySelectorAll("svg:has(title)").forEach(hideIcon))
        .observe(button, { childList: true, subtree: true });
    }
    document.querySelectorAll("button[aria-label]").forEach(nameByText);
    for (const summary of document.querySelectorAll("summary[aria-label]")) {
      summary.removeAttribute("aria-label"); // its text says "Show" or "Hide" and what
    }
    for (const title of document.querySelectorAll(".sidebar-primary-items__start")) {
      title.setAttribute("role", "navigation");
      title.setAttribute("aria-label", "Book");
    }
    for (const entry of document.querySelectorAll("[role=list] > [role=doc-biblioentry]")) {
      entry.setAttribute("role", "listitem"); // what a list has to hold
    }
    reachWhatScrolls();
    document.addEventListener("toggle", reachWhatScrolls, true);
    addEventListener("resize", reachWhatScrolls);
  });
})();
