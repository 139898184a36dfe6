import { setTimeout as wait } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { createPiecePace, type PiecePace } from '#server/platform/egress/piece-pace.ts';

const toPiece = (text: string) => new Uint8Array(Buffer.from(text));

/** An answer under way, and what its reader was handed so far, a read each. */
function openAnswer(pace: PiecePace) {
  const reads: string[] = [];
  const pieces = pace((piece) => reads.push(Buffer.from(piece).toString()));
  return { reads, say: (text: string) => pieces.add(toPiece(text)), end: pieces.flush };
}

/** Lets so many pieces of other answers come that those of the next window are worth joining. */
function press(pace: PiecePace, pieces: number) {
  for (let place = 0; place < pieces; place += 1) openAnswer(pace).say('.');
}

test('while few pieces come, each is handed on as it comes', () => {
  let clock = 0;
  const pace = createPiecePace(() => clock);
  press(pace, 50);
  clock = 60;
  const answer = openAnswer(pace);
  for (const word of 'abcdefgh') answer.say(word);
  expect(answer.reads).toEqual([...'abcdefgh']);
});

test('while many come, those of one answer are joined after its beginning, in their order, and none is lost', async () => {
  let clock = 0;
  const pace = createPiecePace(() => clock);
  press(pace, 200);
  clock = 60;
  const [answer, other] = [openAnswer(pace), openAnswer(pace)];
  for (const word of 'abcdefgh') {
    answer.say(word);
    other.say(word.toUpperCase());
  }
  expect(answer.reads).toEqual(['a', 'b', 'c', 'd']);
  clock = 200;
  await expect.poll(() => answer.reads).toEqual(['a', 'b', 'c', 'd', 'efgh']);
  expect(other.reads.join('')).toBe('ABCDEFGH');
});

test('the end of an answer waits for nothing', async () => {
  let clock = 0;
  const pace = createPiecePace(() => clock);
  press(pace, 200);
  clock = 60;
  const answer = openAnswer(pace);
  for (const word of 'abcdef') answer.say(word);
  answer.end();
  expect(answer.reads).toEqual(['a', 'b', 'c', 'd', 'ef']);
  clock = 200;
  await wait(60);
  expect(answer.reads.join('')).toBe('abcdef');
});

test('an answer whose pieces come farther apart than they may wait is handed on as it comes', () => {
  let clock = 0;
  const pace = createPiecePace(() => clock);
  const answer = openAnswer(pace);
  const words = [...'abcdefgh'];
  for (const word of words) {
    press(pace, 200);
    clock += 60;
    answer.say(word);
  }
  expect(answer.reads).toEqual(words);
});
