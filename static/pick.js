// A choice among many records becomes a field one types in, with or without accents. The select stays in the form and
// keeps the value; what is typed and not chosen is sent as words, which the server reads. Names come from the server
// where the field says so (data-pick), else from the select itself.
(function () {
  var words = document.currentScript.dataset, LONG = 12, SHOWN = 60, REST = 150; // milliseconds without a key

  function fold(text) {
    return text.normalize("NFD").replace(/[\u0300-\u036f]/g, "").replace(/đ/g, "d").replace(/Đ/g, "D").toLowerCase();
  }

  function make(tag, attributes, text) {
    var element = document.createElement(tag);
    Object.keys(attributes).forEach(function (name) { element.setAttribute(name, attributes[name]); });
    if (text) { element.textContent = text; }
    return element;
  }

  function fromSelect(select) {
    var choices = Array.prototype.filter.call(select.options, function (option) { return option.value !== ""; }),
      folded = choices.map(function (option) { return fold(option.text + " " + (option.dataset.names || "")); });
    return function (typed) {
      var asked = fold(typed).split(/\s+/).filter(Boolean);
      return Promise.resolve(choices.filter(function (option, index) {
        return asked.every(function (part) { return folded[index].indexOf(part) >= 0; });
      }).slice(0, SHOWN).map(function (option) {
        return make("li", { role: "option", "data-value": option.value, "data-name": option.text }, option.text);
      }));
    };
  }

  function fromServer(address) {
    return function (typed) {
      return fetch(address + "?q=" + encodeURIComponent(typed), { headers: { "HX-Request": "true" }, credentials: "same-origin" })
        .then(function (answer) { return answer.ok && !answer.redirected ? answer.text() : ""; }, function () { return ""; })
        .then(function (html) {
          var sheet = make("template", {});
          sheet.innerHTML = html;
          return Array.prototype.slice.call(sheet.content.querySelectorAll('[role="option"]'));
        });
    };
  }

  function enhance(select) {
    var record = select.closest(".record"), address = record && record.dataset.pick,
      typing = record && record.querySelector("input[type=text]"), id = (typing || select).id,
      label = document.querySelector('label[for="' + id + '"]');
    if (!id || !label || select.dataset.picked || (!address && !select.multiple && select.options.length <= LONG)) { return; }
    select.dataset.picked = "1";
    label.id = label.id || id + "_label";
    var ask = address ? fromServer(address) : fromSelect(select),
      box = make("div", { "class": "picker" }),
      input = typing || make("input", { type: "text", id: id + "_type", value: (record && record.dataset.words) || "" }),
      list = make("ul", { "class": "options pick-sheet", role: "listbox", id: id + "_list", "aria-labelledby": label.id, hidden: "" }),
      none = make("p", { "class": "hint", role: "status" }),
      found = [], foundFor = null, at = -1, timer = null, turn = 0;
    if (address) { input.name = select.name + "-words"; }
    input.className = "";
    input.setAttribute("autocomplete", "off");
    Object.entries({ role: "combobox", "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": list.id, "aria-labelledby": label.id })
      .forEach(function (pair) { input.setAttribute(pair[0], pair[1]); });
    ["aria-describedby", "aria-invalid"].forEach(function (name) {
      if (select.hasAttribute(name)) { input.setAttribute(name, select.getAttribute(name)); }
    });
    if (select.multiple) { list.setAttribute("aria-multiselectable", "true"); }
    Array.prototype.forEach.call(select.options, function (option) { // what an empty choice means, such as "All"
      if (option.value === "" && /^[^-]/.test(option.text)) { input.placeholder = option.text; }
    });

    function chosen() { return Array.prototype.filter.call(select.options, function (option) { return option.selected && option.value !== ""; }); }

    function show() {
      box.querySelectorAll(".chip").forEach(function (chip) { chip.remove(); });
      chosen().forEach(function (option) {
        var chip = make("span", { "class": "chip" }), button = make("button", { type: "button", "aria-label": words.remove + " " + option.text }, "×");
        chip.appendChild(make("span", {}, option.text));
        button.addEventListener("click", function () { drop(option); input.focus(); });
        chip.appendChild(button);
        box.insertBefore(chip, input);
      });
      box.classList.toggle("is-full", !select.multiple && chosen().length > 0);
    }

    function changed() {
      show();
      select.dispatchEvent(new Event("change", { bubbles: true }));
    }

    function drop(option) {
      option.selected = false;
      if (!select.multiple) { select.value = ""; }
      changed();
    }

    function take(item) {
      var value = item.dataset.value, option = Array.prototype.find.call(select.options, function (one) { return one.value === value; });
      if (!option) { option = select.appendChild(make("option", { value: value }, item.dataset.name)); }
      option.selected = !(select.multiple && option.selected);
      input.value = "";
      close();
      changed();
    }

    function close() {
      clearTimeout(timer);
      turn += 1;
      list.hidden = true;
      none.textContent = "";
      at = -1;
      input.setAttribute("aria-expanded", "false");
      input.removeAttribute("aria-activedescendant");
    }

    function mark(next) {
      if (!found.length) { return; }
      at = (next + found.length) % found.length;
      found.forEach(function (item, index) { item.classList.toggle("is-at", index === at); });
      found[at].scrollIntoView({ block: "nearest" });
      input.setAttribute("aria-activedescendant", found[at].id);
    }

    function open() {
      var typed = input.value.trim(), mine = (turn += 1);
      return ask(typed).then(function (items) {
        if (mine !== turn) { return; }
        var taken = chosen().map(function (option) { return option.value; });
        found = items;
        foundFor = typed;
        at = -1;
        list.textContent = "";
        input.removeAttribute("aria-activedescendant");
        items.forEach(function (item, index) {
          item.id = id + "_" + index;
          item.setAttribute("aria-selected", String(taken.indexOf(item.dataset.value) >= 0));
          item.addEventListener("mousedown", function (event) { event.preventDefault(); take(item); });
          list.appendChild(item);
        });
        list.hidden = !items.length;
        none.textContent = items.length || !typed ? "" : words.none;
        input.setAttribute("aria-expanded", String(Boolean(items.length)));
      });
    }

    function soon() {
      clearTimeout(timer);
      timer = setTimeout(open, address ? REST : 0);
    }

    input.addEventListener("input", soon);
    input.addEventListener("click", soon);
    input.addEventListener("blur", function () {
      if (input.value.trim() && found.length === 1 && foundFor === input.value.trim()) { take(found[0]); }
      if (!address) { input.value = ""; }
      close();
    });
    input.addEventListener("keydown", function (event) {
      var down = event.key === "ArrowDown";
      if (down || event.key === "ArrowUp") {
        event.preventDefault();
        if (list.hidden) { open().then(function () { mark(down ? 0 : -1); }); } else { mark(at + (down ? 1 : -1)); }
      } else if (event.key === "Enter" && !event.ctrlKey && (input.value.trim() || !list.hidden)) {
        event.preventDefault(); // never sends the form while something is being looked for
        if (!list.hidden && at >= 0) { take(found[at]); }
        else if (input.value.trim() && foundFor === input.value.trim() && found.length) { take(found[0]); }
        else if (input.value.trim()) { clearTimeout(timer); open().then(function () { if (found.length === 1) { take(found[0]); } }); }
      } else if (event.key === "Escape" && !list.hidden) {
        event.stopPropagation();
        close();
      } else if (event.key === "Backspace" && input.value === "" && chosen().length) {
        drop(chosen().pop());
      }
    });

    label.htmlFor = input.id;
    document.querySelectorAll('a[href="#' + select.id + '"]').forEach(function (link) { link.href = "#" + input.id; });
    select.hidden = true;
    var began = select.autofocus || input.autofocus;
    select.before(box);
    box.appendChild(input);
    box.after(list, none);
    show();
    if (began) { input.focus(); }
  }

  function all(root) { root.querySelectorAll("select.form-select").forEach(enhance); }

  document.addEventListener("DOMContentLoaded", function () { all(document); });
  document.addEventListener("htmx:load", function (event) { all(event.target); });
})();
