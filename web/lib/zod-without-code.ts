import { z } from 'zod';

// The page's content security policy forbids code made from text, which is how Zod speeds itself up.
// Schemas look at this when they are made, so this file is imported before any of them.
z.config({ jitless: true });
