// Light or dark before the first paint: the reader's choice, which the server knows by its cookie,
// else the machine's. Without this file the page is as the server sent it and the switch is a plain form.
(function () {
  var root = document.documentElement;
  if (!root.hasAttribute("data-theme-chosen") && matchMedia("(prefers-color-scheme: dark)").matches) {
    root.setAttribute("data-bs-theme", "dark");
  }
  document.addEventListener("DOMContentLoaded", function () {
    document.querySelectorAll("[data-theme-switch]").forEach(function (form) {
      var button = form.querySelector("button"), words = button.querySelector("span");
      function say() {
        var other = root.getAttribute("data-bs-theme") === "dark" ? "light" : "dark";
        words.textContent = form.getAttribute("data-say-" + other);
        button.value = other;
      }
      say();
      form.addEventListener("submit", function (event) {
        event.preventDefault();
        root.setAttribute("data-bs-theme", button.value);
        root.setAttribute("data-theme-chosen", "");
        document.cookie = "theme=" + button.value + ";path=/;max-age=31536000;samesite=lax" +
          (location.protocol === "https:" ? ";secure" : "");
        say();
      });
    });
  });
})();
