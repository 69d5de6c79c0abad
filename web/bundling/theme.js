// The remembered choice of light or dark; without one the system's setting holds.
try {
  var theme = localStorage.getItem("infinure.theme");
  if (theme === "light" || theme === "dark") document.documentElement.dataset.theme = theme;
} catch (unavailable) {
  // Storage may be forbidden; the system's setting then holds.
}
