// Looks at a page as it stands: what is in somebody's way. Each answer is a list of words, empty when all is well.
"use strict";

globalThis.look = {
  // All of it at one width, which the window has. tags: the rules for axe, or none; spread: whether also with the
  // reader's own distances.
  async everything({ width, least, tags, spread }) {
    if (innerWidth !== width) throw new Error(`The window is ${innerWidth} px wide, not ${width}.`);
    const found = { wide: look.wide(), clipped: look.clipped(), small: look.small(least), barriers: [] };
    if (tags) found.barriers = await look.barriers(tags);
    if (spread) {
      look.spread(true);
      found.wide.push(...look.wide());
      found.clipped.push(...look.clipped());
      look.spread(false);
    }
    return found;
  },

  // What axe-core finds against these rules, at this width.
  async barriers(tags) {
    // No style sheet comes from elsewhere, so none has to be fetched for it.
    const found = await axe.run({ runOnly: tags, resultTypes: ["violations"], preload: false });
    return found.violations.map((rule) => `${rule.id}: ${rule.nodes.map((node) => node.target).join(", ")}`);
  },

  // What sticks out of the window.
  wide() {
    const room = document.documentElement.clientWidth;
    if (document.documentElement.scrollWidth <= room) return [];
    const out = [...document.body.querySelectorAll("*")].filter((one) => one.getBoundingClientRect().right > room + 1);
    return [`${document.documentElement.scrollWidth} px: ${out.slice(0, 5).map(look.name)}`];
  },

  // What is too small to hit: a link within a sentence is the exception (WCAG 2.5.8).
  small(least) {
    const kinds = "a[href], button, input:not([type=hidden]), select, textarea, summary";
    return [...document.querySelectorAll(kinds)]
      .filter((one) => look.isSeen(one) && !look.isInSentence(one))
      .map((one) => [one, look.target(one)])
      .filter(([, area]) => area.height < least - 0.5 || area.width < least - 0.5)
      .map(([one, area]) => `${look.name(one)} ${Math.round(area.width)} x ${Math.round(area.height)}`);
  },

  // Text that a box cuts off or lets out.
  clipped() {
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    const found = new Set();
    while (walker.nextNode()) {
      const text = walker.currentNode;
      if (!text.data.trim() || !look.isSeen(text.parentElement)) continue;
      const box = look.boxOf(text.parentElement);
      const area = box.getBoundingClientRect();
      const range = document.createRange();
      range.selectNodeContents(text);
      for (const line of range.getClientRects()) {
        const fits = line.left >= area.left - 1 && line.right <= area.right + 1
          && line.top >= area.top - 1 && line.bottom <= area.bottom + 1;
        if (!fits) found.add(`${look.name(text.parentElement)} in ${look.name(box)}: ${text.data.trim()}`);
      }
    }
    return [...found];
  },

  // The distances that a reader may choose (WCAG 1.4.12), on or off again.
  spread(isOn) {
    look.sheet ??= new CSSStyleSheet();
    look.sheet.replaceSync(
      "* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important; }"
      + "p { margin-block-end: 2em !important; }",
    );
    document.adoptedStyleSheets = isOn ? [look.sheet] : [];
  },

  // Everything that can be folded open.
  unfold() {
    for (const fold of document.querySelectorAll("details")) fold.open = true;
  },

  isSeen(element) {
    if (!element.checkVisibility({ visibilityProperty: true })) return false;
    for (let one = element; one; one = one.parentElement) {
      if (getComputedStyle(one).clipPath !== "none" || one.matches(".nl-skip-link:not(:focus)")) return false;
    }
    return true;
  },

  isInSentence(element) {
    if (element.localName !== "a" || getComputedStyle(element).display !== "inline") return false;
    return element.parentElement.textContent.trim() !== element.textContent.trim();
  },

  // Where a click counts: for an option with its label.
  target(element) {
    const parts = [element, ...(element.matches("[type=radio], [type=checkbox]") ? element.labels : [])];
    const areas = parts.map((part) => part.getBoundingClientRect());
    const [left, top] = [Math.min(...areas.map((area) => area.left)), Math.min(...areas.map((area) => area.top))];
    const [right, bottom] = [Math.max(...areas.map((area) => area.right)), Math.max(...areas.map((area) => area.bottom))];
    return { width: right - left, height: bottom - top };
  },

  // The nearest box with an edge, a background or a limit to what shows; else the window's width.
  boxOf(element) {
    for (let one = element; one !== document.body; one = one.parentElement) {
      const style = getComputedStyle(one);
      if (style.display === "inline" || style.display === "contents") continue;
      const hasEdge = ["Top", "Right", "Bottom", "Left"].some((side) => parseFloat(style[`border${side}Width`]) > 0);
      if (hasEdge || style.backgroundColor !== "rgba(0, 0, 0, 0)" || style.overflow !== "visible") return one;
    }
    return document.body;
  },

  name(element) {
    const kind = element.classList[0] ? `.${element.classList[0]}` : "";
    return `${element.localName}${element.id ? `#${element.id}` : kind}`;
  },
};
