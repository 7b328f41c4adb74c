// What a script can add; every page works without it. SPDX-License-Identifier: EUPL-1.2
"use strict";

// After a save that needs mending, the summary comes first for everybody.
document.querySelector("[data-focus]")?.focus();

// The last page of a choice only takes the answer back to the course.
document.querySelector("form[data-send]")?.submit();

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

// Tells an LMS that the window of a registration can go (Dynamic Registration 1.0). Not by itself: the LMS would
// take the page away before anybody read it. Nothing in it is secret, and the LMS may stand on any host.
for (const button of document.querySelectorAll("[data-close-registration]")) {
  button.hidden = false;
  button.addEventListener("click", () => {
    (window.opener ?? window.parent).postMessage({ subject: "org.imsglobal.lti.close" }, "*");
    if (window.opener) window.close();
  });
}

// Saves what was typed: after a pause, before a link or the other language leaves the page, and when the page
// goes away or out of sight, since people reload, go back, or press something in the course around the frame.
const form = document.querySelector("form[data-autosave]");
if (form) {
  const PAUSE = 20_000;
  // What browsers send on after the page has gone: 64 KB, with room for what goes around it.
  const KEEPS_ALIVE = 60_000;
  // A page that was reloaded may have been fetched before its predecessor's last words arrived.
  const LOOK_AGAIN = [300, 1_000, 3_000];
  const status = form.querySelector("[data-autosave-status]");
  let timer = 0;
  let isDirty = false;
  let hasFailed = false;
  let isSent = false;
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
      await tell(await fetch(form.action, { method: "POST", body, keepalive: String(body).length < KEEPS_ALIVE }));
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
    isSent = false;
    clearTimeout(timer);
    timer = setTimeout(save, PAUSE);
  });
  form.addEventListener("submit", async (event) => {
    clearTimeout(timer);
    isSent = !saving;
    if (isSent) return;
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

  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "hidden" && isDirty && !isSent) save();
  });
  // A beacon also leaves from a frame that is taken away; its answer comes too late for this page.
  addEventListener("pagehide", () => {
    clearTimeout(timer);
    if (isDirty && !isSent) isDirty = !navigator.sendBeacon(form.action, written());
  });

  // Shows what was saved meanwhile, unless somebody is typing again.
  const lookAgain = async () => {
    const answer = await fetch(location.href).catch(() => null);
    if (!answer?.ok || isDirty || isSent || saving) return;
    const now = new DOMParser().parseFromString(await answer.text(), "text/html");
    const opened = now.querySelector("form[data-autosave] [name=opened]")?.value;
    if (opened && opened !== form.elements.opened.value && !isDirty && !isSent) location.reload();
  };
  addEventListener("pageshow", (event) => {
    isSent = false;
    const [way] = performance.getEntriesByType("navigation");
    if (!event.persisted && !["reload", "back_forward"].includes(way?.type)) return;
    for (const wait of LOOK_AGAIN) setTimeout(lookAgain, wait);
  });
}
