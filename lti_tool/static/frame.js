// Tells the course around the frame how high the page is, and when another begins. Some courses ask for it, none
// has to listen, and the page does not need it. SPDX-License-Identifier: EUPL-1.2
"use strict";

{
  const REST = 100; // ms
  const known = document.currentScript.dataset.origins.split(" ");
  // A browser that does not say who is around hands it to those of them only who are.
  const [around] = location.ancestorOrigins ?? [];
  const listeners = around ? known.filter((origin) => origin === around) : known;
  let told = 0;
  let timer = 0;

  const say = (message) => {
    for (const origin of listeners) {
      parent.postMessage(message, origin);
      // Moodle's message handler reads text only.
      parent.postMessage(JSON.stringify(message), origin);
    }
  };

  const tell = () => {
    const height = Math.ceil(document.documentElement.getBoundingClientRect().height);
    if (height === told) return;
    told = height;
    say({ subject: "lti.frameResize", height });
  };

  if (parent !== window && listeners.length > 0) {
    new ResizeObserver(() => {
      clearTimeout(timer);
      timer = setTimeout(tell, REST);
    }).observe(document.documentElement);
    // The next page begins at its top, however far down this one was read. Asked before this page goes: a course
    // that scrolls under somebody who already presses on the next one would let the press go astray, and a page
    // that is gone is no longer known as the one in the frame.
    addEventListener("beforeunload", () => say({ subject: "lti.scrollToTop" }));
  }
}
