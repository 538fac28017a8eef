// Keys for those who like them (the list stands in help.py). Single letters are commands only while no field has the
// focus, and only if the reader left them on. A key that begins a pair waits for the next one, however long.
(function () {
  var set = document.currentScript.dataset, logs = (set.logs || "").split(" ").filter(Boolean), began = "";

  function isField(element) {
    return element.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(element.nodeName) && !/^(checkbox|radio|button|submit)$/.test(element.type);
  }

  function press(element) {
    if (element) { element.click(); }
    return Boolean(element);
  }

  function go(address) {
    if (address) { location.assign(address); }
    return Boolean(address);
  }

  // --- rows of a list: `data-row` marks the row or the link in it

  function linkOf(row) { return row.matches("a") ? row : row.querySelector("a.row-link, a"); }

  function links() {
    return Array.prototype.map.call(document.querySelectorAll("[data-row]"), linkOf).filter(Boolean);
  }

  function rowHere() {
    var here = document.activeElement.closest("[data-row]");
    return here && (here.matches("a") ? here.closest("tr, li") : here);
  }

  function step(by) {
    var all = links(), row = rowHere(), at = row ? all.indexOf(all.filter(function (one) { return row.contains(one); })[0]) : -1;
    var next = all[Math.min(all.length - 1, Math.max(0, at + by))];
    if (next) { next.focus(); next.scrollIntoView({ block: "nearest" }); }
    return Boolean(next);
  }

  function inRow(selector) {
    var row = rowHere();
    return row && row.querySelector(selector);
  }

  function edit() {
    var here = inRow("[data-edit]") || document.querySelector("main .acts a[href$='/edit/']");
    if (here) { return press(here); }
    var row = rowHere(), link = row && row.querySelector("input[name=pk]") && row.querySelector("a.row-link");
    return Boolean(link) && go(link.pathname + "edit/"); // what can be ticked can be changed
  }

  function unfold(selector) {
    var summary = document.querySelector(selector);
    if (!summary) { return false; }
    summary.closest("details").open = true;
    summary.focus();
    return true;
  }

  function focusOn(selector) {
    var first = document.querySelector(selector);
    if (first) { first.focus(); }
    return Boolean(first);
  }

  function showKeys() {
    var sheet = document.getElementById("keys-sheet");
    if (!sheet || !sheet.showModal) { return false; }
    window.htmx.trigger(document.getElementById("keys-found"), "keys-open");
    sheet.showModal();
    return true;
  }

  function openPalette() {
    document.dispatchEvent(new CustomEvent("open-palette"));
    return true;
  }

  var places = { t: set.home, d: set.due, "đ": set.due, l: set.calendar, b: set.reports };
  var commands = {
    "/": openPalette,
    "?": showKeys,
    j: function () { return step(1); },
    k: function () { return step(-1); },
    x: function () { return press(inRow("input[type=checkbox]")); },
    e: edit,
    f: function () { return unfold("summary[data-filters]"); },
    v: function () { return focusOn("[data-views] a"); }
  };

  function single(key) {
    if (began === "n" && /^[1-9]$/.test(key)) { began = ""; return go(logs[key - 1]); }
    if (began === "g") { began = ""; return go(places[key]); }
    began = "";
    if (key === "n" && logs.length || key === "g") { began = key; return true; }
    return commands[key] ? commands[key]() : false;
  }

  function save(event) {
    var form = event.target.closest("form");
    if (!form || form.querySelector("[data-keys]")) { return false; } // log.js sends that one, once
    return press(form.querySelector(event.shiftKey ? "[data-save-next]" : "[data-save-main], .save-bar .btn-primary"));
  }

  document.addEventListener("keydown", function (event) {
    if (event.isComposing || event.defaultPrevented) { return; }
    var chord = event.ctrlKey || event.metaKey, key = event.key.toLowerCase(), isDone = false;
    if (event.altKey && !chord && event.code === "KeyZ") {
      isDone = press(document.querySelector("[data-undo]"));
    } else if (chord && !event.altKey && key === "k" && !event.shiftKey) {
      isDone = openPalette();
    } else if (chord && !event.altKey && key === "enter") {
      isDone = save(event);
    } else if (key === "escape") {
      began = "";
      if (isField(event.target) && !event.target.closest("dialog, [role=combobox], .picker")) { event.target.blur(); }
    } else if (set.keys === "on" && !chord && !event.altKey && !isField(event.target) && !event.target.closest("dialog") && key.length === 1) {
      isDone = single(key);
    }
    if (isDone) { event.preventDefault(); }
  });
})();
