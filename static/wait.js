// What a reader sees while a part of the page is being fetched, and when it does not come. The bar waits 300 ms by
// itself (app.css), so that what is quick stays still; a failure says what is safe.
(function () {
  var root = document.documentElement, open = 0, asked = 0, askedWhenSaid = 0;

  function failed() { return document.getElementById("failed"); }

  function say(which) {
    var line = failed();
    if (!line) { return; }
    line.setAttribute("role", "alert"); // only now: a page without an error has no alert
    line.hidden = false;
    askedWhenSaid = asked;
    line.querySelector("p").textContent = line.getAttribute("data-" + which);
  }

  function busy(event, isBusy) {
    var target = event.detail.target;
    open = Math.max(0, open + (isBusy ? 1 : -1));
    root.classList.toggle("is-waiting", open > 0);
    if (!target || !target.setAttribute) { return; }
    if (isBusy) { target.setAttribute("aria-busy", "true"); } else { target.removeAttribute("aria-busy"); }
  }

  document.addEventListener("htmx:beforeRequest", function (event) {
    busy(event, true);
    event.detail.xhr.asked = ++asked;
  });
  document.addEventListener("htmx:afterRequest", function (event) {
    busy(event, false);
    // What was on its way before the line went down may still come, and says nothing about the line.
    if (event.detail.successful && event.detail.xhr.asked > askedWhenSaid && failed()) { failed().hidden = true; }
  });
  document.addEventListener("htmx:sendError", function () { say("offline"); });
  document.addEventListener("htmx:timeout", function () { say("offline"); });
  document.addEventListener("htmx:responseError", function (event) {
    if (event.detail.xhr.status >= 500) { say("broken"); }
  });
  window.addEventListener("offline", function () { say("offline"); });
  window.addEventListener("online", function () { if (failed()) { failed().hidden = true; } });
  document.addEventListener("DOMContentLoaded", function () {
    var line = failed();
    if (line) { line.querySelector("button").addEventListener("click", function () { line.hidden = true; }); }
  });
})();
