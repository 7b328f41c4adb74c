// Shows the training again in the whole page. Without script the link does the same.
window.top.location.assign(document.getElementById("back").href);
