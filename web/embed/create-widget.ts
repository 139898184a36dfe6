import { toPortraitAddress } from '#web/ui/portrait-address.ts';
import { closeMessage } from './close-message.ts';
import { widgetStyle } from './widget-style.ts';

export type WidgetSettings = {
  hub: string;
  agent: string;
  color: string | null;
  position: 'left' | 'right' | null;
  language: 'en' | 'zh-CN' | null;
  theme: 'light' | 'dark' | null;
  isOpen: boolean;
};

type Drawing = Parameters<typeof toPortraitAddress>[0];

/** What the hub tells of an agent (`EmbedOpening`), as far as a button shows it. */
type Opening = {
  agent: {
    name: string;
    translations: Record<string, { name: string }>;
    avatar: ({ kind: 'drawn' } & Drawing) | { kind: 'file'; file: string };
  };
  color: string | null;
  position: 'left' | 'right';
};

const svg = 'http://www.w3.org/2000/svg';
const words = {
  en: { open: (name: string) => `Chat with ${name}`, close: (name: string) => `Close the chat with ${name}` },
  'zh-CN': { open: (name: string) => `与 ${name} 对话`, close: (name: string) => `关闭与 ${name} 的对话` },
};

function make<Tag extends keyof HTMLElementTagNameMap>(tag: Tag, attributes: Record<string, string>) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  return element;
}

function drawCross(): SVGElement {
  const cross = document.createElementNS(svg, 'svg');
  cross.setAttribute('viewBox', '0 0 24 24');
  cross.setAttribute('aria-hidden', 'true');
  cross.setAttribute('class', 'cross');
  const path = document.createElementNS(svg, 'path');
  path.setAttribute('d', 'M6.4 5 12 10.6 17.6 5 19 6.4 13.4 12l5.6 5.6-1.4 1.4-5.6-5.6L6.4 19 5 17.6 10.6 12 5 6.4Z');
  cross.append(path);
  return cross;
}

function showAvatar({ hub, agent }: WidgetSettings, { avatar }: Opening['agent']): Element {
  const address = avatar.kind === 'file' ? `/api/embeds/${agent}/portrait` : toPortraitAddress(avatar);
  return make('img', { src: hub + address, alt: '' });
}

function toFrameAddress({ hub, agent, language, theme }: WidgetSettings): string {
  const query = new URLSearchParams({ closable: '1' });
  if (language !== null) query.set('language', language);
  if (theme !== null) query.set('theme', theme);
  return `${hub}/embed/${agent}?${query.toString()}`;
}

/**
 * The button of an agent and, once it is pressed, the frame in which it answers. Closed in by a shadow, so that neither the
 * site's style nor another agent's touches it; what the hub and the site say becomes text and attributes, never markup.
 */
export function createWidget(settings: WidgetSettings, { agent, color, position }: Opening): HTMLElement {
  const { hub } = settings;
  const language = settings.language ?? (navigator.language.startsWith('zh') ? 'zh-CN' : 'en');
  const name = agent.translations[language]?.name || agent.name;
  const host = make('div', { 'data-atrium': settings.agent });
  const root = host.attachShadow({ mode: 'open' });
  const style = new CSSStyleSheet();
  style.replaceSync(widgetStyle);
  root.adoptedStyleSheets = [style];

  const side = settings.position ?? position;
  const button = make('button', { type: 'button', class: side, 'aria-expanded': 'false' });
  const drawn = agent.avatar.kind === 'drawn' ? agent.avatar.color : '#0b6457';
  button.style.setProperty('--color', settings.color ?? color ?? drawn);
  const face = showAvatar(settings, agent);
  button.append(face, drawCross());
  root.append(button);

  let frame: HTMLIFrameElement | null = null;
  const say = (isOpen: boolean) => {
    button.setAttribute('aria-expanded', String(isOpen));
    button.setAttribute('aria-label', words[language][isOpen ? 'close' : 'open'](name));
  };
  const close = () => {
    if (frame === null || frame.hidden) return;
    frame.hidden = true;
    say(false);
    button.focus();
  };
  const open = ({ focus }: { focus: boolean }) => {
    if (frame === null) {
      frame = make('iframe', {
        src: toFrameAddress(settings),
        title: name,
        class: side,
        // Which site shows it is all that the hub needs to know, also where the site says nothing to others.
        referrerpolicy: 'origin',
        allow: 'clipboard-write',
      });
      root.append(frame);
    }
    frame.hidden = false;
    say(true);
    if (focus) frame.focus();
  };
  say(false);
  button.addEventListener('click', () => (frame === null || frame.hidden ? open({ focus: true }) : close()));
  root.addEventListener('keydown', (event) => {
    if (event instanceof KeyboardEvent && event.key === 'Escape') close();
  });
  addEventListener('message', ({ source, origin, data }) => {
    if (origin === hub && source === frame?.contentWindow && data === closeMessage) close();
  });
  if (settings.isOpen) open({ focus: false });
  return host;
}
