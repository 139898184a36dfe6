import { useTranslation } from '#web/lib/i18n/use-translation.ts';
import type { SentRequest } from '#server/contract/tool.ts';
import { parseJson } from '#web/features/tools/schema-fields.ts';
import { Facts } from '#web/ui/facts.tsx';
import { CutText } from './cut-text.tsx';

/** A request as a tool sent it; the hub has masked what is secret. */
export function SentRequestView({ request: { method, url, headers, body } }: { request: SentRequest }) {
  const { t } = useTranslation('tools');
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}`);
  return (
    <div className="grid gap-3">
      <Facts
        className="grid-cols-1! sm:grid-cols-[auto_1fr]!"
        facts={[
          [t('request.method'), method],
          [
            t('request.url'),
            <code key="url" className="font-mono text-sm break-all">
              {url}
            </code>,
          ],
        ]}
      />
      {lines.length > 0 && <CutText label={t('request.headers')} text={lines.join('\n')} />}
      {body !== null && <CutText label={t('request.body')} text={toReadable(body)} />}
      <p className="text-sm text-ink-faint">{t('request.masked')}</p>
    </div>
  );
}

function toReadable(body: string): string {
  const value = parseJson(body);
  return typeof value === 'object' && value !== null ? JSON.stringify(value, null, 2) : body;
}
