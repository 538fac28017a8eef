// A list too long to scroll becomes a field one types in, with or without accents. The select stays in the form and
// keeps the value; without this file it is the browser's own list.
(function () {
  var words = document.currentScript.dataset, LONG = 12, SHOWN = 60;

  function fold(text) {
    return text.normalize("NFD").replace(/[\u0300-\u036f]/g, "").replace(/đ/g, "d").replace(/Đ/g, "D").toLowerCase();
  }

  function make(tag, attributes, text) {
    var element = document.createElement(tag);
    Object.keys(attributes).forEach(function (name) { element.setAttribute(name, attributes[name]); });
    if (text) { element.textContent = text; }
    return element;
  }

  function enhance(select) {
    var label = document.querySelector('label[for="' + select.id + '"]');
    if (!select.id || !label || select.dataset.picked || (!select.multiple && select.options.length <= LONG)) { return; }
    select.dataset.picked = "1";
    label.id = label.id || select.id + "_label";
    var box = make("div", { "class": "picker" }),
      chips = make("span", { "class": "picker-chips" }),
      input = make("input", { type: "text", role: "combobox", id: select.id + "_type", autocomplete: "off", "aria-autocomplete": "list",
        "aria-expanded": "false", "aria-controls": select.id + "_list", "aria-labelledby": label.id }),
      list = make("ul", { "class": "options pick-sheet", role: "listbox", id: select.id + "_list", "aria-labelledby": label.id, hidden: "" }),
      choices = Array.prototype.filter.call(select.options, function (option) { return option.value !== ""; }),
      folded = choices.map(function (option) { return fold(option.text + " " + (option.dataset.names || "")); }),
      found = [], at = -1;
    ["aria-describedby", "aria-invalid"].forEach(function (name) {
      if (select.hasAttribute(name)) { input.setAttribute(name, select.getAttribute(name)); }
    });
    if (select.multiple) { list.setAttribute("aria-multiselectable", "true"); }
    Array.prototype.forEach.call(select.options, function (option) { // what an empty choice means, such as "All"
      if (option.value === "" && /^[^-]/.test(option.text)) { input.placeholder = option.text; }
    });

    function chosen() { return choices.filter(function (option) { return option.selected; }); }

    function show() {
      chips.textContent = "";
      if (!select.multiple) {
        input.value = chosen().length ? chosen()[0].text : "";
        return;
      }
      chosen().forEach(function (option) {
        var chip = make("span", { "class": "chip" }, option.text + " "),
          button = make("button", { type: "button", "aria-label": words.remove + " " + option.text }, "×");
        button.addEventListener("click", function () { choose(option, false); input.focus(); });
        chip.appendChild(button);
        chips.appendChild(chip);
      });
    }

    function choose(option, on) {
      if (option) { option.selected = on; } else { select.value = ""; }
      show();
      select.dispatchEvent(new Event("change", { bubbles: true }));
    }

    function close() {
      list.hidden = true;
      at = -1;
      input.setAttribute("aria-expanded", "false");
      input.removeAttribute("aria-activedescendant");
    }

    function mark(next) {
      var items = list.querySelectorAll('[role="option"]');
      if (!items.length) { return; }
      at = (next + items.length) % items.length;
      items.forEach(function (item, index) { item.classList.toggle("is-at", index === at); });
      items[at].scrollIntoView({ block: "nearest" });
      input.setAttribute("aria-activedescendant", items[at].id);
    }

    function open(typed) {
      var asked = fold(typed).split(/\s+/).filter(Boolean);
      found = choices.filter(function (option, index) {
        return asked.every(function (part) { return folded[index].indexOf(part) >= 0; });
      }).slice(0, SHOWN);
      list.textContent = "";
      at = -1;
      input.removeAttribute("aria-activedescendant");
      found.forEach(function (option, index) {
        var item = make("li", { role: "option", id: select.id + "_" + index, "aria-selected": String(option.selected) }, option.text);
        item.addEventListener("mousedown", function (event) { event.preventDefault(); take(option); });
        list.appendChild(item);
      });
      if (!found.length) { list.appendChild(make("li", { "class": "sub", role: "presentation" }, words.none)); }
      list.hidden = false;
      input.setAttribute("aria-expanded", "true");
    }

    function take(option) {
      choose(option, select.multiple ? !option.selected : true);
      if (select.multiple) { input.value = ""; }
      close();
    }

    input.addEventListener("input", function () { open(input.value); });
    input.addEventListener("click", function () { open(select.multiple ? input.value : ""); if (!select.multiple) { input.select(); } });
    input.addEventListener("change", function (event) { event.stopPropagation(); });
    input.addEventListener("blur", function () {
      if (input.value.trim() && select.multiple && found.length === 1) { choose(found[0], true); }
      close();
      if (!select.multiple && input.value.trim() === "" && select.value !== "") { choose(null); }
      if (select.multiple) { input.value = ""; } else { show(); }
    });
    input.addEventListener("keydown", function (event) {
      if (event.key === "ArrowDown" || event.key === "ArrowUp") {
        event.preventDefault();
        if (list.hidden) { open(select.multiple ? input.value : ""); }
        mark(at + (event.key === "ArrowDown" ? 1 : -1));
      } else if (event.key === "Enter" && !list.hidden) {
        event.preventDefault();
        if (at >= 0) { take(found[at]); } else if (found.length && input.value.trim()) { take(found[0]); }
      } else if (event.key === "Escape" && !list.hidden) {
        event.stopPropagation();
        close();
        show();
      } else if (event.key === "Backspace" && select.multiple && input.value === "" && chosen().length) {
        choose(chosen().pop(), false);
      }
    });

    label.htmlFor = input.id;
    document.querySelectorAll('a[href="#' + select.id + '"]').forEach(function (link) { link.href = "#" + input.id; });
    select.classList.add("visually-hidden");
    select.setAttribute("tabindex", "-1");
    select.setAttribute("aria-hidden", "true");
    box.appendChild(chips);
    box.appendChild(input);
    select.before(box);
    box.after(list);
    show();
  }

  document.addEventListener("DOMContentLoaded", function () {
    document.querySelectorAll("select.form-select").forEach(enhance);
  });
})();
