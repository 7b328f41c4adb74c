// Gives the frame the height that the tool asks for, and shows its top when it asks for that. Nothing is lost when it never asks.
const frame = document.getElementById("tool");

function asked(message) {
  if (typeof message !== "string") return message;
  try {
    return JSON.parse(message);
  } catch {
    return null;
  }
}

window.addEventListener("message", (event) => {
  if (event.origin !== frame.dataset.origin || event.source !== frame.contentWindow) return;
  const message = asked(event.data);
  if (message?.subject === "lti.scrollToTop" && frame.getBoundingClientRect().top < 0) frame.scrollIntoView();
  const height = Number(message?.height);
  if (message?.subject === "lti.frameResize" && height > 0) {
    const borders = frame.offsetHeight - frame.clientHeight;
    frame.style.height = `${Math.min(Math.ceil(height), 20000) + borders}px`;
  }
});
