import { createConnection, type Socket } from 'node:net';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { toSocketAddress } from '#server/platform/embedded/open-embedded-database.ts';
import { createTestDatabase, type TestDatabase } from '#test/support/test-database.ts';

/* Raw clients that speak the frontend/backend protocol 3.0, to cut and interleave what `pg` always sends whole. */

/** What a client does with the database, and what its answer must hold. */
type Unit = { bytes: Buffer; marks: string[]; readies: number };
type Client = { socket: Socket; answer: () => Buffer; send: (bytes: Buffer, cuts: number[]) => Promise<void> };

const frame = (type: string, body: Buffer) => {
  const length = Buffer.alloc(4);
  length.writeInt32BE(body.length + 4);
  return Buffer.concat([Buffer.from(type), length, body]);
};
const text = (value: string) => Buffer.from(`${value}\0`);
const simple = (statement: string) => frame('Q', text(statement));
const sync = frame('S', Buffer.alloc(0));
const none = Buffer.from([0, 0]);

/** Parse, Bind, Describe and Execute of one statement, without the Sync that ends their unit. */
const extended = (statement: string) =>
  Buffer.concat([
    frame('P', Buffer.concat([text(''), text(statement), none])),
    frame('B', Buffer.concat([text(''), text(''), none, none, none])),
    frame('D', Buffer.concat([Buffer.from('P'), text('')])),
    frame('E', Buffer.concat([text(''), Buffer.alloc(4)])),
  ]);

const select = (mark: string) => `SELECT '${mark}' AS mark`;
const kinds: ((mark: string) => Unit)[] = [
  (mark) => ({ bytes: simple(select(mark)), marks: [mark], readies: 1 }),
  (mark) => ({ bytes: Buffer.concat([extended(select(mark)), sync]), marks: [mark], readies: 1 }),
  (mark) => ({
    bytes: Buffer.concat([extended(select(`${mark}a`)), extended(select(`${mark}b`)), sync]),
    marks: [`${mark}a`, `${mark}b`],
    readies: 1,
  }),
  // What follows a failure is passed over up to the Sync.
  (mark) => ({
    bytes: Buffer.concat([extended('SELECT 1 / 0'), extended(select('skipped')), sync, simple(select(mark))]),
    marks: ['division by zero', mark],
    readies: 2,
  }),
  (mark) => ({
    bytes: Buffer.concat([simple('BEGIN'), extended(select(mark)), sync, simple('COMMIT')]),
    marks: [mark],
    readies: 3,
  }),
  (mark) => ({
    bytes: Buffer.concat([simple('BEGIN'), simple('SELECT no_such_column'), simple('ROLLBACK'), simple(select(mark))]),
    marks: ['no_such_column', mark],
    readies: 4,
  }),
];

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.close());

async function connect(): Promise<Client> {
  const { host } = toSocketAddress(database.dataFolder);
  const socket = createConnection(`${host}/.s.PGSQL.5432`);
  const pieces: Buffer[] = [];
  socket.on('data', (piece) => pieces.push(piece));
  const answer = () => Buffer.concat(pieces);
  const version = Buffer.from([0, 3, 0, 0]);
  const startUp = Buffer.concat([version, text('user'), text('postgres'), Buffer.from([0])]);
  const length = Buffer.alloc(4);
  length.writeInt32BE(startUp.length + 4);
  socket.write(Buffer.concat([length, startUp]));
  await expect.poll(() => countReadies(answer()), { timeout: 5000 }).toBe(1);
  pieces.length = 0;
  return {
    socket,
    answer,
    /** Sends bytes in pieces, and lets the others send theirs between two of them. */
    send: async (bytes, cuts) => {
      const places = [...new Set(cuts.map((cut) => cut % bytes.length))].sort((a, b) => a - b);
      for (const [index, place] of [0, ...places].entries()) {
        socket.write(bytes.subarray(place, places[index] ?? bytes.length));
        await new Promise((resolve) => setImmediate(resolve));
      }
    },
  };
}

function readTypes(answer: Buffer): string[] {
  const types: string[] = [];
  for (let at = 0; at + 5 <= answer.length; at += 1 + answer.readInt32BE(at + 1))
    types.push(String.fromCharCode(answer[at] ?? 0));
  return types;
}
const countReadies = (answer: Buffer) => readTypes(answer).filter((type) => type === 'Z').length;

describe('the socket of the embedded database', () => {
  test('answers each client with its own rows, in order, however their bytes are cut and mixed', async () => {
    const plan = fc.array(
      fc.record({ kind: fc.nat(kinds.length - 1), cuts: fc.array(fc.nat(10_000), { maxLength: 6 }) }),
      {
        minLength: 1,
        maxLength: 8,
      },
    );
    await fc.assert(
      fc.asyncProperty(fc.array(plan, { minLength: 2, maxLength: 6 }), async (plans) => {
        const clients = await Promise.all(plans.map(connect));
        await Promise.all(
          clients.map(async (client, number) => {
            const turns = (plans[number] ?? []).map(({ kind, cuts }, turn) => ({
              unit: kinds[kind]?.(`c${number}t${turn}.`) ?? { bytes: sync, marks: [], readies: 1 },
              cuts,
            }));
            for (const { unit, cuts } of turns) await client.send(unit.bytes, cuts);
            const readies = turns.reduce((sum, { unit }) => sum + unit.readies, 0);
            await expect.poll(() => countReadies(client.answer()), { timeout: 10_000 }).toBe(readies);
            const said = client.answer().toString('latin1');
            const wanted = turns.flatMap(({ unit }) => unit.marks);
            const found = said.match(/c\d+t\d+\.[ab]?|division by zero|no_such_column(?=" does)/g);
            expect(found).toEqual(wanted);
            client.socket.destroy();
          }),
        );
      }),
      { numRuns: 25 },
    );
  });

  test('goes on for the others when a client leaves in the middle of a message or of a transaction', async () => {
    const [halfSaid, inTransaction, other] = [await connect(), await connect(), await connect()];
    await inTransaction.send(simple('BEGIN'), []);
    await expect.poll(() => countReadies(inTransaction.answer()), { timeout: 5000 }).toBe(1);
    await halfSaid.send(extended('SELECT 1').subarray(0, 20), []);
    await other.send(simple(select('waits')), [3]);
    halfSaid.socket.destroy();
    inTransaction.socket.destroy();
    await expect.poll(() => other.answer().toString('latin1'), { timeout: 5000 }).toContain('waits');
    other.socket.destroy();
  });
});
