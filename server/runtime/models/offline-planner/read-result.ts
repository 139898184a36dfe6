import { findDataBlocks } from '#server/contract/data-blocks.ts';

export type CitedSource = { mark: string; title: string; url: string | null };

/** A tool result's text in its parts: what the tool said, and the numbered sources that it rests on. */
export type ReadResult = { body: string; sources: CitedSource[]; untrusted: boolean };

/**
 * Takes off the marks of untrusted text and the list of sources that the runtime puts around a result.
 *
 * Only lines at the very end, after the mark that closes untrusted text, are sources: a page cannot name its own.
 */
export function readResult(text: string): ReadResult {
  const lines = text.trimEnd().split('\n');
  const sources: CitedSource[] = [];
  for (let line = lines.at(-1); line !== undefined; line = lines.at(-1)) {
    const parts = /^Source \[(\d+)\]: (.*?)(?: (https?:\/\/\S+))?$/.exec(line);
    if (parts === null) break;
    sources.unshift({ mark: `[${parts[1] ?? ''}]`, title: parts[2] ?? '', url: parts[3] ?? null });
    lines.pop();
  }
  const rest = lines.join('\n').trim();
  const [block] = findDataBlocks(rest);
  if (block?.start !== 0 || block.end !== rest.length) return { body: rest, sources, untrusted: false };
  return { body: block.text.trim(), sources, untrusted: true };
}
