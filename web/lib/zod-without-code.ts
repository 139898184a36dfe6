import { z } from 'zod';

// The page's content security policy forbids code made from text, which is how Zod speeds itself up.
// Schemas look at this when they are made, so this file is imported before any of them.
// What is wrong with a value the page says itself, in its language (`issue-message.ts`), so Zod's own English stays away.
z.config({ jitless: true, localeError: () => undefined });
