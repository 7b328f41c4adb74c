// Sends the form of a page that is only passed through. Without script its button does the same.
document.querySelector("form[data-submit]").submit();
