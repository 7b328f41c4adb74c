// What a script can add; every page works without it. SPDX-License-Identifier: EUPL-1.2
"use strict";

// After a save that needs mending, the summary comes first for everybody.
document.querySelector("[data-focus]")?.focus();

// The number of characters as the server counts them: by code point, a line end as one.
for (const line of document.querySelectorAll("[data-count-for]")) {
  const field = document.getElementById(line.dataset.countFor);
  const limit = Number(line.dataset.limit);
  const count = () => {
    const length = [...field.value.trim()].length;
    line.textContent = line.dataset.words.replace("{count}", length).replace("{limit}", limit);
    line.classList.toggle("bk-count--over", length > limit);
  };
  field.addEventListener("input", count);
  if (field.value) count();
}

// Shown only where it works.
for (const button of document.querySelectorAll("[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
}

// Saves what was typed: after a pause, and before a link or the other language leaves the page.
const form = document.querySelector("form[data-autosave]");
if (form) {
  const PAUSE = 20_000;
  const status = form.querySelector("[data-autosave-status]");
  let timer = 0;
  let isDirty = false;
  let hasFailed = false;
  let saving = null;

  const written = () => {
    const words = new URLSearchParams(new FormData(form));
    words.set("autosave", "1");
    return words;
  };
  const tell = async (answer) => {
    hasFailed = !answer?.ok;
    // The next save starts from this one.
    if (answer?.ok) form.elements.opened.value = await answer.text();
    status.textContent =
      answer?.status === 409 ? status.dataset.elsewhere : hasFailed ? status.dataset.notSaved : status.dataset.saved;
  };
  const post = async () => {
    const body = written();
    isDirty = false;
    try {
      await tell(await fetch(form.action, { method: "POST", body }));
    } catch {
      await tell(null);
    }
    isDirty ||= hasFailed;
    saving = null;
  };
  // One at a time, so that two first saves never meet.
  const save = () => {
    clearTimeout(timer);
    saving ??= post();
    return saving;
  };

  form.addEventListener("input", () => {
    isDirty = true;
    clearTimeout(timer);
    timer = setTimeout(save, PAUSE);
  });
  form.addEventListener("submit", async (event) => {
    clearTimeout(timer);
    if (!saving) return;
    event.preventDefault();
    await saving;
    form.requestSubmit(event.submitter);
  });
  document.addEventListener("click", async (event) => {
    const way = event.target.closest("a[href]:not([href^='#']), .bk-lang");
    // Whoever leaves a second time, although saving does not work, may leave.
    if (!way || !isDirty || hasFailed || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    await save();
    if (hasFailed) return;
    if (way.form) way.form.requestSubmit(way);
    else location.href = way.href;
  });
}
