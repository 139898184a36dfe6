import '#web/lib/zod-without-code.ts';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import '#web/styles/global.css';
import { startI18n } from '#web/lib/i18n/i18n.ts';
import { Providers } from './providers.tsx';
import { createPageRouter } from './router.tsx';

const root = document.getElementById('root');
if (!root) throw new Error('The page has no element "root".');

const router = createPageRouter();

// Not awaited at the top: the language's file may need code from this one, and would wait for it in turn.
void startI18n().then(() =>
  createRoot(root).render(
    <StrictMode>
      <Providers router={router} />
    </StrictMode>,
  ),
);
