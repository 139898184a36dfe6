import '#web/lib/zod-without-code.ts';
import { StrictMode, Suspense } from 'react';
import { createRoot } from 'react-dom/client';
import '#web/styles/global.css';
import { closeMessage } from '#web/embed/close-message.ts';
import { EmbedChat } from '#web/features/embeds/components/embed-chat.tsx';
import { findSite } from '#web/features/embeds/find-site.ts';
import { findLanguage, isLanguage } from '#web/lib/i18n/language.ts';
import { startTextsOf } from '#web/lib/i18n/load-texts.ts';
import { paths } from './paths.ts';

const root = document.getElementById('root');
if (!root) throw new Error('The page has no element "root".');

const query = new URLSearchParams(window.location.search);
const asked = query.get('language');
const theme = query.get('theme');
if (theme === 'light' || theme === 'dark') document.documentElement.dataset['theme'] = theme;

const agent = decodeURIComponent(window.location.pathname.split('/')[2] ?? '');
const site = findSite();
const close = query.has('closable') && site !== null ? () => window.parent.postMessage(closeMessage, site) : null;
if (close !== null) {
  window.addEventListener('keydown', (event) => {
    if (event.key === 'Escape' && !event.defaultPrevented) close();
  });
}

void startTextsOf(['common', 'embeds'], isLanguage(asked) ? asked : findLanguage()).then(() =>
  createRoot(root).render(
    <StrictMode>
      <Suspense fallback={null}>
        <EmbedChat
          agent={agent}
          agentAddress={new URL(paths.hubAgent(agent), window.location.origin).href}
          onClose={close}
        />
      </Suspense>
    </StrictMode>,
  ),
);
