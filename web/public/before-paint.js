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
 * A document that brings a first view leaves the page's own code to this, so that the view is laid out and painted first.
 *
 * @param {string} address
 */
function startAfterView(address) {
  function start() {
    void import(address);
  }
  if (document.hidden) start();
  else
    addEventListener('DOMContentLoaded', function () {
      requestAnimationFrame(function () {
        setTimeout(start);
      });
    });
}
// Comes once, early, and only to who listens; the profile asks for it (`lib/use-install-offer.ts`).
addEventListener('beforeinstallprompt', function (event) {
  event.preventDefault();
  Object.assign(window, { installOffer: event });
});
var page = document.currentScript?.dataset.page;
if (page) startAfterView(page);
