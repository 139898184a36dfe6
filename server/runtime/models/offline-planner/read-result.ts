export type CitedSource = { mark: string; title: string; url: string | null };

/** A tool result's text in its parts: what the tool said, and the numbered sources that it rests on. */
export type ReadResult = { body: string; sources: CitedSource[]; untrusted: boolean };

/** Takes off the marks of untrusted text and the list of sources that the runtime puts around a result. */
export function readResult(text: string): ReadResult {
  const sources: CitedSource[] = [];
  const rest = text.replaceAll(
    /^Source \[(\d+)\]: (.*?)(?: (https?:\/\/\S+))?$/gm,
    (_, number: string, title: string, url: string | undefined) => {
      sources.push({ mark: `[${number}]`, title, url: url ?? null });
      return '';
    },
  );
  const open = /^\[untrusted data ([0-9a-f]+) from [^\]]*\]\n/.exec(rest.trimStart());
  if (open === null) return { body: rest.trim(), sources, untrusted: false };
  const inner = rest.trimStart().slice(open[0].length);
  const end = inner.lastIndexOf(`[end of untrusted data ${open[1] ?? ''}]`);
  return { body: (end === -1 ? inner : inner.slice(0, end)).trim(), sources, untrusted: true };
}
