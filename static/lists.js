// A list's ticked rows: how many there are, the whole page at once, and rows that show that they are ticked.
// Without this file each row is ticked by itself and the bar says the rest.
(function () {
  function rows() { return Array.prototype.slice.call(document.querySelectorAll('#rows input[name="pk"]')); }

  function show() {
    var all = rows(), ticked = all.filter(function (one) { return one.checked; }),
      page = document.querySelector("[data-tick-page]"), said = document.querySelector("[data-chosen]");
    all.forEach(function (one) { one.closest("tr").setAttribute("aria-selected", String(one.checked)); });
    if (page) {
      page.hidden = false;
      page.firstElementChild.checked = all.length > 0 && ticked.length === all.length;
      page.firstElementChild.indeterminate = ticked.length > 0 && ticked.length < all.length;
    }
    if (said) { said.textContent = ticked.length === 1 ? said.dataset.one : said.dataset.many.replace("#", ticked.length); }
  }

  document.addEventListener("change", function (event) {
    var target = event.target;
    if (target.closest("[data-tick-page]")) { rows().forEach(function (one) { one.checked = target.checked; }); }
    if (target.closest("[data-tick-page]") || target.name === "pk") { show(); }
  });
  document.addEventListener("reset", function () { setTimeout(show); });
  document.addEventListener("htmx:afterSettle", show);
  document.addEventListener("DOMContentLoaded", show);
  window.addEventListener("pageshow", show);
})();
