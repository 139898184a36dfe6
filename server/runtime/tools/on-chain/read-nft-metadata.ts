import { z } from 'zod';
import { HubError } from '#server/hub-error.ts';
import { toPlainText } from '#server/runtime/tools/plain-text.ts';
import type { ToolPorts } from '#server/runtime/tools/ports.ts';
import type { ToolContext } from '#server/runtime/tools/tool.ts';

const mostBytes = 256 * 1024;
const timeoutMs = 15_000;
const longestText = 1_000;
const mostTraits = 60;

export const NftMetadata = z.object({
  name: z.string(),
  description: z.string(),
  image: z.string().nullable(),
  traits: z.array(z.object({ trait: z.string(), value: z.string() })),
});
export type NftMetadata = z.infer<typeof NftMetadata>;

const Trait = z.object({ trait_type: z.unknown(), value: z.unknown() });
const Written = z.object({
  name: z.unknown().optional(),
  description: z.unknown().optional(),
  image: z.unknown().optional(),
  attributes: z.array(z.unknown()).catch([]),
});

const notMetadata = {
  en: 'It is no JSON as ERC-721 and ERC-1155 describe it.',
  zh: '它不是 ERC-721 和 ERC-1155 所规定的 JSON。',
};

/**
 * Reads the metadata of an NFT from a `data:`, `https:` or `ipfs:` address, capped, as plain text. What fails is said, and
 * the reading of the chain stands.
 */
export async function readNftMetadata(
  url: string | null,
  ports: Pick<ToolPorts, 'fetch' | 'ipfsGateway'>,
  { signal, language }: Pick<ToolContext, 'signal' | 'language'>,
): Promise<{ metadata: NftMetadata | null; failure: string | null }> {
  if (url === null) return { metadata: null, failure: null };
  try {
    const text = url.startsWith('data:')
      ? readDataUrl(url)
      : await fetchText(toWebUrl(url, ports.ipfsGateway), ports, signal);
    return { metadata: toMetadata(JSON.parse(text)), failure: null };
  } catch (thrown) {
    signal.throwIfAborted();
    const { en, zh } = thrown instanceof HubError ? thrown.words : notMetadata;
    const failure = { en: `The metadata could not be read. ${en}`, zh: `无法读取元数据。${zh}` };
    return { metadata: null, failure: failure[language] };
  }
}

function readDataUrl(url: string): string {
  const comma = url.indexOf(',');
  const [head, body] = [url.slice(0, comma), url.slice(comma + 1)];
  if (comma === -1 || body.length > mostBytes)
    throw new HubError('payload_too_large', { en: 'It is too large.', zh: '内容过大。' });
  return head.endsWith(';base64') ? Buffer.from(body, 'base64').toString('utf8') : decodeURIComponent(body);
}

/** IPFS is read through a gateway. */
function toWebUrl(url: string, gateway: string): string {
  const path = /^ipfs:\/\/(?:ipfs\/)?(.+)$/.exec(url)?.[1];
  return path === undefined ? url : `${gateway}/ipfs/${path}`;
}

async function fetchText(url: string, { fetch }: Pick<ToolPorts, 'fetch'>, signal: AbortSignal): Promise<string> {
  const { status, bytes } = await fetch(url, { signal, maximumBytes: mostBytes, timeoutMs });
  if (status >= 400)
    throw new HubError('unavailable', {
      en: `Its server answered with status ${status}.`,
      zh: `其服务器返回了状态 ${status}。`,
    });
  return new TextDecoder().decode(bytes);
}

function toMetadata(value: unknown): NftMetadata {
  const { name, description, image, attributes } = Written.parse(value);
  return {
    name: toShort(name),
    description: toShort(description),
    image: typeof image === 'string' && image !== '' && !image.startsWith('data:') ? toShort(image) : null,
    traits: attributes.slice(0, mostTraits).flatMap((attribute) => {
      const trait = Trait.safeParse(attribute);
      return trait.success ? [{ trait: toShort(trait.data.trait_type), value: toShort(trait.data.value) }] : [];
    }),
  };
}

const toShort = (value: unknown): string =>
  typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
    ? toPlainText(String(value)).slice(0, longestText)
    : '';
