// Turns the pages of a presentation in place, so that a full screen stays full. Without it each is a page of
// its own, with the same links. SPDX-License-Identifier: EUPL-1.2
"use strict";

// The keys of a keyboard, and of what people hold in their hand to turn a page.
const TURNS = { ArrowRight: "next", PageDown: "next", ArrowLeft: "previous", PageUp: "previous" };

const offerFullScreen = () => {
  for (const button of document.querySelectorAll("[data-full-screen]")) button.hidden = !document.fullscreenEnabled;
};

const turn = async (link) => {
  try {
    const answer = await fetch(link.href);
    if (!answer.ok) throw new Error();
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    document.getElementById("content").replaceWith(page.getElementById("content"));
    document.title = page.title;
    history.replaceState(null, "", link.href);
    offerFullScreen();
    document.getElementById("content").focus();
  } catch {
    location.assign(link.href);
  }
};

document.addEventListener("click", (event) => {
  const link = event.target.closest("a[data-turn]");
  if (link && !event.ctrlKey && !event.metaKey && !event.shiftKey) {
    event.preventDefault();
    turn(link);
  }
  if (event.target.closest("[data-full-screen]")) {
    if (document.fullscreenElement) document.exitFullscreen();
    else document.documentElement.requestFullscreen();
  }
});

document.addEventListener("keydown", (event) => {
  const way = event.altKey || event.ctrlKey || event.metaKey || event.shiftKey ? undefined : TURNS[event.key];
  const link = way && document.querySelector(`a[data-turn="${way}"]`);
  if (link) {
    event.preventDefault();
    turn(link);
  }
});

offerFullScreen();
