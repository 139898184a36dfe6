const signs = ['pointerdown', 'pointermove', 'keydown', 'input', 'touchmove', 'wheel'] as const;
let usedAt = performance.now();

const onUse = () => {
  usedAt = performance.now();
};
if (typeof window !== 'undefined')
  for (const sign of signs) window.addEventListener(sign, onUse, { capture: true, passive: true });

/** For how many milliseconds nobody has pressed, pointed at, moved or written anything in this page; at most since it was opened. */
export const msSinceUse = (): number => performance.now() - usedAt;
