import type { EmbedSettings } from '#server/contract/embed.ts';

type Shown = { hub: string; handle: string; name: string } & Pick<EmbedSettings, 'color' | 'position'>;

const toAttribute = (text: string) => text.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;');

/** The tag of the button that opens the chat. */
export const toScriptCode = ({ hub, handle, color, position }: Shown): string =>
  [
    `<script async src="${hub}/embed.js" data-agent="${handle}"`,
    ...(color === null ? [] : [` data-color="${color}"`]),
    ` data-position="${position}"></script>`,
  ].join('');

/** The chat as a part of a page. It tells the hub which site it is on, or it is not shown. */
export const toFrameCode = ({ hub, handle, name }: Shown): string =>
  `<iframe src="${hub}/embed/${handle}" title="${toAttribute(name)}" referrerpolicy="origin" allow="clipboard-write" ` +
  'style="width: 100%; height: 600px; border: 0"></iframe>';
