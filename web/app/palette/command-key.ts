const isApple = typeof window !== 'undefined' && /mac|iphone|ipad/i.test(navigator.platform);

/** The key that goes with a letter for a command, as this device's keyboards name it. */
export const commandKey = isApple ? '⌘' : 'Ctrl';

/** Whether it is held, and no other; on a Mac, Control belongs to the text fields. */
export const isCommand = ({ ctrlKey, metaKey, altKey, shiftKey }: KeyboardEvent) =>
  !altKey && !shiftKey && (isApple ? metaKey && !ctrlKey : ctrlKey && !metaKey);
