import type { ScriptedModel } from '#test/support/scripted-model/create-scripted-model.ts';
import type { Row } from './bench-rows.ts';
import { writeAnswer } from './sample-answers.ts';
import { type BenchPage, lookAnew, readSlowestInteraction } from './web-page.ts';
import { watchFrames } from './watch-frames.ts';

type Open = (options: { slower: number }) => Promise<BenchPage>;

const lengths = { 'an answer of 6 kB': 6000, 'an answer of 200 kB': 200_000 };
const watchedMs = 8000;
const frameLimitMs = 16.7;

/** Answers that come at 200 tokens a second: the frames meanwhile, and typing the next question. */
export async function measureAnswers(
  open: Open,
  model: ScriptedModel,
  { url, agent }: { url: string; agent: string },
): Promise<Row[]> {
  const rows: Row[] = [];
  const add = (measure: string, hub: number, limit: number) =>
    rows.push({ scenario: 'stream', measure, hub, unit: 'ms', limit });
  for (const [name, length] of Object.entries(lengths)) {
    const bench = await open({ slower: 1 });
    const { page } = bench;
    model.script({ text: toPieces(writeAnswer(length)), pieceDelayMs: 5 });
    await page.goto(`${url}/chat/${agent}`, { waitUntil: 'networkidle' });
    const composer = page.getByRole('textbox', { name: /^Message to/ });
    await composer.fill('Tell me all of it.');
    await composer.press('Enter');
    await page.getByRole('log').getByRole('heading', { name: 'Part 1', exact: true }).waitFor();
    const frames = await watchFrames(bench, () => page.waitForTimeout(watchedMs));
    add(`${name}: between frames, p95`, frames.intervalP95Ms, frameLimitMs);
    add(`${name}: work in a frame, p95`, frames.workP95Ms, frameLimitMs);
    add(`${name}: longest task`, frames.longestTaskMs, 50);
    await lookAnew(page);
    await composer.pressSequentially('And what else?', { delay: 40 });
    add(`${name}: typing meanwhile`, await readSlowestInteraction(page), 100);
    await bench.close();
  }
  return rows;
}

/** What is long has mostly come with the first piece, and grows on at the speed that is measured. */
function toPieces(answer: string): string[] {
  const growing = Math.max(0, answer.length - 10_000);
  return [answer.slice(0, growing), ...(answer.slice(growing).match(/\s*\S+/g) ?? [])].filter((piece) => piece !== '');
}
