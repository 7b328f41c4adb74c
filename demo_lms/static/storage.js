// Keeps small values for the tool while the browser passes by the LMS (LTI Platform Storage 0.1, LTI Client Side
// postMessages 0.1). It hears nobody but the tool, and keeps nothing longer than the page is there.
const { origin: TOOL, keeps, frame: KEEPER } = document.currentScript.dataset;
const MOST = { keys: 500, characters: 4096 };
const SUBJECTS = ["lti.capabilities", "lti.put_data", "lti.get_data"];
const kept = new Map();

// Raises the code of an error (Client Side postMessages, section 4).
const ANSWERS = {
  "lti.capabilities": () => ({
    supported_messages: [{ subject: "lti.capabilities" }, ...SUBJECTS.slice(1).map((subject) => ({ subject, frame: KEEPER }))],
  }),

  "lti.put_data": ({ key, value = null }) => {
    if (value !== null && typeof value !== "string") throw "bad_request";
    const others = [...kept].filter(([name]) => name !== key).flat();
    const size = [...others, key, value ?? ""].join("").length;
    if (value !== null && (others.length / 2 >= MOST.keys || size > MOST.characters)) throw "storage_exhaustion";
    if (value === null) kept.delete(key);
    else kept.set(key, value);
    return { key, value };
  },

  "lti.get_data": ({ key }) => ({ key, value: kept.get(key) ?? null }),
};

function answered(message) {
  if (typeof message.message_id !== "string" || !message.message_id) throw "bad_request";
  if (message.subject === "lti.capabilities") return ANSWERS[message.subject]();
  if (!keeps) throw "unsupported_subject";
  if (typeof message.key !== "string" || !message.key) throw "bad_request";
  return ANSWERS[message.subject](message);
}

window.addEventListener("message", ({ data, origin, source }) => {
  if (origin !== TOOL || !SUBJECTS.includes(data?.subject)) return;
  const answer = { subject: `${data.subject}.response`, message_id: data.message_id };
  try {
    Object.assign(answer, answered(data));
  } catch (code) {
    answer.error = { code: String(code), message: `${data.subject}: ${code}` };
  }
  source.postMessage(answer, origin);
});
