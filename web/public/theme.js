// Runs before the first paint, so that a chosen theme never flashes.
try {
  var theme = localStorage.getItem('atrium.theme');
  if (theme === 'light' || theme === 'dark') document.documentElement.dataset.theme = theme;
} catch {
  // Storage may be closed; the system's theme stays.
}
