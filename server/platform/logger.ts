import { pino } from 'pino';
import type { HubEnvironment } from './env.ts';

/** The hub's log: JSON lines on standard error; keys, cookies and passwords never appear in it. */
export function createLogger(level: HubEnvironment['logLevel']) {
  return pino(
    {
      level,
      redact: ['req.headers.authorization', 'req.headers.cookie', '*.apiKey', '*.password', '*.secret'],
    },
    pino.destination(2),
  );
}
