// Runs before the first paint, so that neither a theme nor a language flashes that was not chosen on this device.
try {
  var theme = localStorage.getItem('atrium.theme');
  if (theme === 'light' || theme === 'dark') document.documentElement.dataset.theme = theme;
  var language = localStorage.getItem('atrium.language');
  if (language && language !== document.documentElement.lang) document.documentElement.dataset.view = 'hidden';
} catch {
  // Storage may be closed; the system's theme stays.
}
