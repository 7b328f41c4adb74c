// A launch without cookies: the platform keeps a value meanwhile (LTI Platform Storage 0.1).
// Without script, or without an answer, the page is what it is. SPDX-License-Identifier: EUPL-1.2
"use strict";

const PATIENCE = 2_000; // ms
const AGAIN = 400; // ms
const page = document.querySelector("[data-storage]");
const opening = document.querySelector("[data-opening]");

// Asks one window, and takes the answer of that window only. origin: its own; "*" for a question that tells nothing.
function ask(keeper, origin, subject, fields = {}) {
  const message_id = Array.from(crypto.getRandomValues(new Uint32Array(4)), (n) => n.toString(36)).join("-");
  return new Promise((resolve, reject) => {
    const settle = (outcome, what) => {
      clearTimeout(timer);
      clearInterval(repeating);
      removeEventListener("message", hear);
      outcome(what);
    };
    const hear = ({ source, origin: from, data }) => {
      if (source !== keeper || (origin !== "*" && from !== origin)) return;
      if (data?.subject !== `${subject}.response` || data.message_id !== message_id) return;
      if (data.error) settle(reject, data.error);
      else settle(resolve, data);
    };
    const timer = setTimeout(() => settle(reject, "no answer"), PATIENCE);
    addEventListener("message", hear);
    // More than once: whoever keeps values may still be loading.
    const say = () => keeper.postMessage({ subject, message_id, ...fields }, origin);
    const repeating = setInterval(say, AGAIN);
    say();
  });
}

// Throws where a frame of that name is not there.
function keeperOf({ target }) {
  const keeper = target === "_parent" ? parent : parent.frames[target];
  if (!keeper || keeper === window) throw new Error("nobody to ask");
  return keeper;
}

const WAYS = {
  // Before the platform's own login: it is to keep the value.
  async put({ origin, key, value, goOn, target }) {
    await ask(keeperOf({ target }), origin, "lti.put_data", { key, value });
    location.replace(goOn);
  },

  // After it: what it kept goes along. An answer that is no text, or none, is judged as what it is.
  async get({ origin, key, target }) {
    const form = page.querySelector("form");
    try {
      const keeper = keeperOf({ target });
      const { value } = await ask(keeper, origin, "lti.get_data", { key });
      if (typeof value === "string") form.elements.proof.value = value;
      // It has room for a few of these only.
      keeper.postMessage({ subject: "lti.put_data", message_id: key, key, value: null }, origin);
    } catch {
      // The tool says what now.
    }
    // Not by the form: the back button would come upon a launch that is used up.
    const answer = await fetch(form.action, { method: "POST", body: new URLSearchParams(new FormData(form)) });
    if (answer.redirected) location.replace(answer.url);
    else {
      const said = new DOMParser().parseFromString(await answer.text(), "text/html");
      document.documentElement.replaceWith(said.documentElement);
    }
  },

  // The login named no storage: some platforms tell of it when asked.
  async find({ goOn }) {
    const { supported_messages: known = [] } = await ask(parent, "*", "lti.capabilities");
    const keeps = known.find(({ subject }) => subject === "lti.put_data");
    if (!keeps || !known.some(({ subject }) => subject === "lti.get_data")) return;
    const address = new URL(goOn, location.href);
    address.searchParams.set("lti_storage_target", keeps.frame || "_parent");
    location.replace(address);
  },
};

async function begin() {
  if (parent === window) return;
  const show = (isOpening) => {
    if (!opening) return;
    opening.hidden = !isOpening;
    page.hidden = isOpening;
  };
  show(true);
  try {
    await WAYS[page.dataset.storage](page.dataset);
  } catch {
    show(false);
  }
}

begin();
