// In Safari without partitioned cookies a frame gets the cookie of a tab only after somebody allowed it there
// (Storage Access API). Offered where that may help: there must have been such a tab. SPDX-License-Identifier: EUPL-1.2
"use strict";

async function wasAllowed() {
  try {
    return (await navigator.permissions.query({ name: "storage-access" })).state === "granted";
  } catch {
    return false; // this browser does not tell
  }
}

async function offerAccess(place) {
  if (parent === window || !document.requestStorageAccess || (await document.hasStorageAccess())) return;
  const form = place.querySelector("form");
  const opener = document.querySelector("form[target='_blank']");
  place.hidden = Boolean(opener) && !(await wasAllowed());
  opener?.addEventListener("submit", () => (place.hidden = false));
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    try {
      // Here and not later: it takes the press on the button.
      await document.requestStorageAccess();
    } catch {
      form.hidden = true;
      place.querySelector("[data-refused]").hidden = false;
      return;
    }
    form.submit();
  });
}

for (const place of document.querySelectorAll("[data-storage-access]")) offerAccess(place);
