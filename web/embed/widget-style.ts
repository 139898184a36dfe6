/** The look of the button and the frame, on any site; on a phone the frame is the whole screen. */
export const widgetStyle = `
:host { all: initial; }
button, iframe { position: fixed; z-index: 2147483000; border: 0; }
button {
  bottom: max(20px, env(safe-area-inset-bottom)); width: 56px; height: 56px; padding: 0; overflow: hidden;
  display: grid; place-items: center; border-radius: 50%; cursor: pointer;
  background: var(--color); box-shadow: 0 0 0 3px var(--color), 0 6px 20px #0005;
}
button.right, iframe.right { right: 20px; }
button.left, iframe.left { left: 20px; }
button:focus-visible { outline: 3px solid #fff; box-shadow: 0 0 0 6px #1f1c16; }
button > * { grid-area: 1 / 1; width: 100%; height: 100%; object-fit: cover; }
.cross { padding: 15px; box-sizing: border-box; background: #1f1c16; fill: #fff; visibility: hidden; }
[aria-expanded=true] .cross { visibility: visible; }
iframe {
  bottom: 92px; width: min(400px, 100vw - 40px); height: min(640px, 100dvh - 112px);
  border-radius: 16px; box-shadow: 0 12px 40px #0006; background: #fdfbf6; color-scheme: normal;
}
[hidden] { display: none; }
@media (max-width: 480px) {
  iframe, iframe.left, iframe.right { inset: 0; width: 100vw; height: 100dvh; border-radius: 0; }
  [aria-expanded=true] { visibility: hidden; }
}
@media (prefers-reduced-motion: no-preference) {
  button { transition: transform .15s; }
  button:hover { transform: scale(1.05); }
  iframe { animation: rise .18s ease-out; }
  @keyframes rise { from { opacity: 0; transform: translateY(12px); } }
}
`;
