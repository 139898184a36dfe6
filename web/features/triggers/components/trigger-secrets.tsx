import { useTranslation } from '#web/lib/i18n/use-translation.ts';
import type { TriggerWithSecrets } from '#server/contract/trigger.ts';
import { toSigningExample } from '#web/features/triggers/signing-example.ts';
import { CodeBlock } from '#web/ui/code-block.tsx';
import { Notice } from '#web/ui/notice.tsx';

/** The secrets that were made just now, shown this once, with a call that signs. */
export function TriggerSecrets({ saved }: { saved: TriggerWithSecrets }) {
  const { t } = useTranslation('triggers');
  const { secrets, webhook } = saved;
  return (
    <div className="grid gap-5">
      <Notice tone="warning" title={t('secrets.once')}>
        {t('secrets.onceText')}
      </Notice>
      {webhook && <CodeBlock label={t('secrets.address')} code={webhook.address} wrap />}
      {webhook && secrets.webhook !== null && (
        <>
          <CodeBlock label={t('secrets.webhook')} code={secrets.webhook} wrap />
          <CodeBlock
            label={t('secrets.example')}
            code={toSigningExample({ address: webhook.address, secret: secrets.webhook, signature: webhook.signature })}
          />
        </>
      )}
      {secrets.callback !== null && (
        <>
          <CodeBlock label={t('secrets.callback')} code={secrets.callback} wrap />
          <p className="text-sm text-ink-soft">{t('secrets.callbackText')}</p>
        </>
      )}
    </div>
  );
}
