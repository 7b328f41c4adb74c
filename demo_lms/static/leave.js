// Shows the training again in the whole page, in the place of this one, so that "back" does not lead here again.
// Without script the link does the same.
window.top.location.replace(document.getElementById("back").href);
