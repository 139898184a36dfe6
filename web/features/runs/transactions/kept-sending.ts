import { z } from 'zod';

const Sent = z.object({ hash: z.string(), at: z.iso.datetime() });
/** What was sent from this browser, so that nobody sends the same twice because the page was left. */
export type Sent = z.infer<typeof Sent>;

const nameOf = (artifact: string) => `atrium:sent:${artifact}`;

export function readSent(artifact: string): Sent | null {
  try {
    return Sent.parse(JSON.parse(localStorage.getItem(nameOf(artifact)) ?? ''));
  } catch {
    return null;
  }
}

export function keepSent(artifact: string, sent: Sent): void {
  try {
    localStorage.setItem(nameOf(artifact), JSON.stringify(sent));
  } catch {
    // A browser that keeps nothing shows it as long as the page stands.
  }
}
