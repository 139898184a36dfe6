import { createWidget, type WidgetSettings } from './create-widget.ts';

const shown = 'data-shown';
const longestWaitMs = 20_000;

/** What a site writes on the script's tag; whatever is not one of the known values counts as not written. */
function readSettings({ src, dataset }: HTMLScriptElement): WidgetSettings {
  const { agent = '', color = '', position, language, theme, open } = dataset;
  const oneOf = <Value extends string>(value: string | undefined, values: readonly Value[]) =>
    values.find((known) => known === value) ?? null;
  return {
    hub: new URL(src).origin,
    agent,
    color: /^#[0-9a-f]{6}$/i.test(color) ? color : null,
    position: oneOf(position, ['left', 'right']),
    language: oneOf(language, ['en', 'zh-CN']),
    theme: oneOf(theme, ['light', 'dark']),
    isOpen: open !== undefined && open !== 'false',
  };
}

async function show(script: HTMLScriptElement): Promise<void> {
  script.setAttribute(shown, '');
  const settings = readSettings(script);
  const { hub, agent } = settings;
  const complain = (why: string) => console.error(`Atrium: the agent “${agent}” is not shown here. ${why}`);
  if (!/^[a-z0-9-]{1,64}$/.test(agent)) return complain('Write its handle as data-agent on the tag of embed.js.');
  try {
    const answer = await fetch(`${hub}/api/embeds/${agent}`, {
      credentials: 'omit',
      signal: AbortSignal.timeout(longestWaitMs),
    });
    // The hub's own answer, taken at its word: what checks schemas weighs more than all of this.
    const told = (await answer.json()) as Parameters<typeof createWidget>[1] & { detail?: string };
    if (!answer.ok) return complain(told.detail ?? `The hub answered ${answer.status}.`);
    document.body.append(createWidget(settings, told));
  } catch (error) {
    complain(`${hub} could not be reached: ${String(error)}`);
  }
}

function start(): void {
  for (const script of document.querySelectorAll<HTMLScriptElement>(`script[data-agent]:not([${shown}])`)) {
    if (URL.canParse(script.src) && new URL(script.src).pathname.endsWith('/embed.js')) void show(script);
  }
}

if (document.readyState === 'loading') addEventListener('DOMContentLoaded', start, { once: true });
else start();
