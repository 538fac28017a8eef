// The search as a sheet over any page: typing asks the server, arrows walk the answers, Enter opens the first one.
// Without this file the same links lead to the search page.
(function () {
  var sheet = document.getElementById("palette"), isStale = true;
  if (!sheet || !sheet.showModal) { return; }
  var input = document.getElementById("palette-q"), found = document.getElementById("palette-found");

  function hits() { return Array.prototype.slice.call(found.querySelectorAll("[data-hit]")); }

  function open() {
    if (sheet.open) { return; }
    sheet.showModal();
    input.focus();
    input.select();
    if (!found.children.length) { window.htmx.trigger(input, "palette-open"); }
  }

  document.addEventListener("open-palette", open);
  document.addEventListener("click", function (event) {
    var link = event.target.closest("[data-palette]");
    if (link && !event.ctrlKey && !event.metaKey && !event.shiftKey) {
      event.preventDefault();
      open();
    }
    var close = event.target.closest("[data-close]");
    if (close) { close.closest("dialog").close(); }
    if (event.target.nodeName === "DIALOG") { event.target.close(); } // its ground: outside of what it holds
  });

  input.addEventListener("input", function () { isStale = true; });
  found.addEventListener("htmx:afterSwap", function () { isStale = false; });

  sheet.addEventListener("keydown", function (event) {
    var all = hits(), at = all.indexOf(document.activeElement);
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      var next = at + (event.key === "ArrowDown" ? 1 : -1);
      if (next < 0) { input.focus(); } else if (all[next]) { all[next].focus(); }
    } else if (event.key === "Enter" && event.target === input && !isStale && all.length) {
      event.preventDefault();
      if ((event.ctrlKey || event.metaKey) && all[0].href) { window.open(all[0].href); } else { all[0].click(); }
    } else if (at >= 0 && event.key.length === 1 && !event.ctrlKey && !event.altKey && !event.metaKey && event.key !== " ") {
      input.focus(); // whoever goes on typing goes on searching
    }
  });
})();
