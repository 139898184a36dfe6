import { z } from 'zod';
import { JsonValue } from '#server/contract/json.ts';

/** Input fields that several on-chain tools have. */
export const address = z
  .string()
  .trim()
  .min(3)
  .max(255)
  .describe('The address to look at: 0x and 40 hexadecimal digits (or an ENS name).');

export const token = z
  .string()
  .trim()
  .min(2)
  .max(64)
  .describe("The token's contract address, or a well-known symbol such as USDC, USDT, DAI, WETH.");

export const contract = z.string().trim().min(3).max(255).describe("The contract's address: 0x and 40 digits.");

export const block = z.number().int().min(0).describe('Read at this block number. Left out: the latest.').optional();

const number = (description: string) => z.number().int().min(0).describe(description).optional();

/** Which blocks to read. */
export const range = {
  fromBlock: number('The first block. Left out: as many days back as said.'),
  toBlock: number('The last block. Left out: the latest.'),
  days: z.number().positive().max(3650).describe('How many days back, 1 unless said.').optional(),
};

export const abi = z
  .string()
  .trim()
  .max(200_000)
  .describe('The ABI as JSON, or lines of Solidity, where it is not known.')
  .optional();

export const callArguments = z
  .array(JsonValue)
  .max(50)
  .describe('Its arguments in order; integers as text, in smallest units.')
  .optional();

export const sender = z.string().trim().min(3).max(255).describe('The wallet address that sends.');

/** What a transaction calls, beside whom; without all of it, it is a transfer. */
export const calledFunction = {
  function: z
    .string()
    .trim()
    .max(2_000)
    .describe('The function to call: name or signature. Left out: a transfer.')
    .optional(),
  arguments: callArguments,
  abi,
  data: z.string().trim().max(100_000).describe('Call data (0x…) instead of a function.').optional(),
};

export const ownAddresses = z
  .array(address.describe('0x and 40 digits, or an ENS name.'))
  .max(5)
  .describe('Further addresses of the same person: transfers between them are left out.')
  .optional();
