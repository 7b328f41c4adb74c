// Tells the course around the frame how high the page is. Some courses ask for it, none has to listen, and the
// page does not need it. SPDX-License-Identifier: EUPL-1.2
"use strict";

{
  const REST = 100; // ms
  const known = document.currentScript.dataset.origins.split(" ");
  // A browser that does not say who is around hands it to those of them only who are.
  const [around] = location.ancestorOrigins ?? [];
  const listeners = around ? known.filter((origin) => origin === around) : known;
  let told = 0;
  let timer = 0;

  const tell = () => {
    const height = Math.ceil(document.documentElement.getBoundingClientRect().height);
    if (height === told) return;
    told = height;
    const message = { subject: "lti.frameResize", height };
    for (const origin of listeners) {
      parent.postMessage(message, origin);
      // Moodle's message handler reads text only.
      parent.postMessage(JSON.stringify(message), origin);
    }
  };

  if (parent !== window && listeners.length > 0) {
    new ResizeObserver(() => {
      clearTimeout(timer);
      timer = setTimeout(tell, REST);
    }).observe(document.documentElement);
  }
}
