// Runs before the first paint, so that neither a theme nor a language flashes that was not chosen on this device.
try {
  var theme = localStorage.getItem('atrium.theme');
  if (theme === 'light' || theme === 'dark') {
    document.documentElement.dataset.theme = theme;
    document.querySelector('meta[name=color-scheme]')?.setAttribute('content', theme);
    document.querySelectorAll('meta[name=theme-color]').forEach(function (meta, place) {
      meta.setAttribute('media', (place === 0) === (theme === 'light') ? 'all' : 'not all');
    });
  }
  var language = localStorage.getItem('atrium.language');
  if (language && language !== document.documentElement.lang) document.documentElement.dataset.view = 'hidden';
} catch {
  // Storage may be closed; the system's theme stays.
}

/**
 * A document that brings a first view leaves the page's own code to this: its files are fetched once the view is laid out, for
 * each is work of the thread that lays out, and it runs once the view is on the screen.
 *
 * @param {string} address
 * @param {string[]} parts
 */
function startAfterView(address, parts) {
  var isStarted = false;
  function start() {
    if (!isStarted) void import(address);
    isStarted = true;
  }
  function fetchParts() {
    parts.forEach(function (part) {
      var link = document.createElement('link');
      link.rel = 'modulepreload';
      link.href = part;
      document.head.append(link);
    });
    // A browser may tell of no paint.
    setTimeout(start, 300);
    new PerformanceObserver(function (list) {
      if (list.getEntriesByName('first-contentful-paint').length > 0) start();
    }).observe({ type: 'paint', buffered: true });
  }
  if (document.hidden) start();
  else
    addEventListener('DOMContentLoaded', function () {
      requestAnimationFrame(function () {
        setTimeout(fetchParts);
      });
    });
}
var script = document.currentScript;
if (script?.dataset.page) startAfterView(script.dataset.page, script.dataset.parts?.split(' ') ?? []);
