import { findAnvil } from '#server/onchain/devnet/find-anvil.ts';
import { startAnvil } from '#test/support/start-anvil.ts';

const emitter = '0x00000000000000000000000000000000000e1117';
const topic = 'ddf252ad1be2c89b69c2b068fc378daa952ba7f163c4a11628f55a4df523b3ef';
/** Emits as many ERC-20 transfers as its input says, of 1, 2, 3 … to the accounts 1, 2, 3 …. */
const code = [
  '5f35', // the number
  '5b', // loop:
  '8015603957', // at 0, go to the end
  '805f52', // the amount
  '80337f', // to, from
  topic,
  '60205fa3', // an event of 32 bytes
  '600190036002', // one less
  '56',
  '5b00',
].join('');

export const logsOfBlock = 1_000;

/** A local node with blocks of a thousand transfers each. */
export async function startLogNode(logs: number) {
  const node = await startAnvil({ file: findAnvil({ named: undefined, path: '' }) ?? 'anvil' });
  const [sender] = await node.request<string[]>('eth_accounts');
  await node.request('anvil_setCode', [emitter, `0x${code}`]);
  for (let made = 0; made < logs; made += logsOfBlock) {
    const data = `0x${logsOfBlock.toString(16).padStart(64, '0')}`;
    await node.request('eth_sendTransaction', [{ from: sender, to: emitter, data, gas: '0x1c00000' }]);
  }
  return node;
}
