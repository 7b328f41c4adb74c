// The tool says that it is done (LTI Dynamic Registration 1.0): back to the list of tools.
const frame = document.getElementById("tool");

window.addEventListener("message", (event) => {
  if (event.origin !== frame.dataset.origin) return;
  if (event.data?.subject === "org.imsglobal.lti.close") window.location.assign("/tools");
});
