// What makes a form quick: Ctrl Enter saves, Shift Ctrl Enter saves and logs another, and what follows from the fields
// filled so far is put into those still empty. Everything works without it.
(function () {
  var form = document.getElementById("entry");
  if (!form) { return; }

  document.addEventListener("keydown", function (event) {
    if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey) || event.altKey || event.isComposing) { return; }
    var button = form.querySelector('[data-keys="' + (event.shiftKey ? "shift" : "plain") + '"]');
    if (!button || !form.contains(document.activeElement)) { return; }
    event.preventDefault();
    form.requestSubmit(button);
  });

  document.body.addEventListener("suggested", function (event) {
    Object.keys(event.detail).forEach(function (name) {
      var field = form.elements[name];
      if (!field || !("value" in field) || field.value === event.detail[name]) { return; }
      if (field.value !== "" && field.value !== field.dataset.suggested) { return; } // somebody's own words
      field.value = field.dataset.suggested = event.detail[name];
      if (document.activeElement === field) { field.select(); }
    });
  });

  // A small form opened after a search that found nothing begins with the words searched for.
  document.addEventListener("toggle", function (event) {
    var fold = event.target;
    if (!fold.open || !fold.matches || !fold.matches("details.maker")) { return; }
    var name = fold.querySelector("input[type=text]"), words = fold.closest(".field").querySelector(".picker input");
    if (name && words && name.value === "") { name.value = words.value; words.value = ""; }
    if (name) { name.focus(); }
  }, true);
})();
