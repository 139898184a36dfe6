import '#web/styles/global.css';
import { findLanguage } from '#web/lib/i18n/language.ts';
import { textsLoader } from '#web/lib/i18n/text-files.ts';
import { everywhere } from '#web/lib/i18n/text-rooms.ts';
import { findPage } from './pages.ts';

const root = document.getElementById('root');
if (!root) throw new Error('The page has no element "root".');

// All that the first view needs is on its way at once. What fails here fails again, and is shown, where it is waited for.
const page = findPage(window.location.pathname);
const language = findLanguage();
const texts = [...everywhere, ...(page?.features ?? [])].map((feature) => textsLoader(feature, language));
for (const load of [page?.load, ...texts]) void load?.().catch(() => undefined);

void import('./draw-page.tsx').then(({ drawPage }) => drawPage(root));
