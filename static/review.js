// The figures of a text with the keyboard: arrows go from one to the next, Enter accepts, X drops. Only while the focus
// is among the figures. Everything works without it.
(function () {
  function isField(element) { return /^(INPUT|TEXTAREA|SELECT|SUMMARY)$/.test(element.nodeName); }

  function here() { return document.activeElement.closest("[data-cand]"); }

  function all() { return Array.prototype.slice.call(document.querySelectorAll("[data-cand]")); }

  function press(one, selector) {
    var button = one && one.querySelector(selector);
    if (button) { button.click(); }
    return Boolean(button);
  }

  function show(one) {
    document.querySelectorAll("[data-cand][aria-current], .fig[aria-current]").forEach(function (old) { old.removeAttribute("aria-current"); });
    one.setAttribute("aria-current", "true");
    var words = document.querySelectorAll('.fig[href="#' + one.id + '"]');
    words.forEach(function (each) { each.setAttribute("aria-current", "true"); });
    if (words[0]) {
      var sheet = words[0].closest(".paper-text"), top = words[0].getBoundingClientRect().top - sheet.getBoundingClientRect().top;
      if (top < 0 || top > sheet.clientHeight - 40) { sheet.scrollTop += top - sheet.clientHeight / 3; }
    }
  }

  function go(one) {
    var button = one && one.querySelector("[data-main]");
    if (button) { button.focus(); one.scrollIntoView({ block: "nearest" }); }
    return Boolean(button);
  }

  function step(by) {
    var list = all(), at = list.indexOf(here());
    return go(list[Math.min(list.length - 1, Math.max(0, at + by))]);
  }

  document.addEventListener("focusin", function () {
    var one = here();
    if (one) { show(one); }
  });

  document.addEventListener("click", function (event) {
    var words = event.target.closest("a.fig");
    if (words && go(document.querySelector(words.getAttribute("href")))) { event.preventDefault(); }
  });

  document.addEventListener("keydown", function (event) {
    if (event.isComposing || event.ctrlKey || event.metaKey || event.altKey || !here()) { return; }
    var key = event.key.toLowerCase(), isDone = false;
    if (key === "enter" && event.target.nodeName === "INPUT") { isDone = press(here(), "[name=accept]"); }
    if (!isField(event.target)) {
      if (key === "arrowdown" || key === "arrowup") { isDone = step(key === "arrowdown" ? 1 : -1); }
      if (key === "x") { isDone = press(here(), "[data-drop]"); }
    }
    if (isDone) { event.preventDefault(); event.stopPropagation(); }
  }, true);
})();
