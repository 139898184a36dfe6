import { useQueryClient } from '@tanstack/react-query';
import { KeyRound, LogIn, Pencil } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from '#web/lib/i18n/use-translation.ts';
import type { ToolsetWithTools } from '#server/contract/toolset.ts';
import { keepToolset } from '#web/features/toolsets/api/toolset-requests.ts';
import type { ToolsetPaths } from '#web/features/toolsets/toolset-paths.ts';
import { useCredentialText, useHintText } from '#web/features/toolsets/use-credential-text.ts';
import { useSignIn } from '#web/features/toolsets/use-sign-in.ts';
import { useFormat } from '#web/lib/format.ts';
import { Button } from '#web/ui/button.tsx';
import { Card, CardHeader } from '#web/ui/card.tsx';
import { lazyDialog } from '#web/ui/dialog.tsx';
import { Facts } from '#web/ui/facts.tsx';

const EditDialog = lazyDialog(async () => (await import('./edit-dialog.tsx')).EditDialog);
const CredentialDialog = lazyDialog(async () => (await import('./credential-dialog.tsx')).CredentialDialog);

/** Where a toolset's tools come from and are called, and who asks there. */
export function ToolsetSource({ toolset, paths }: { toolset: ToolsetWithTools; paths: ToolsetPaths }) {
  const { t } = useTranslation('toolsets');
  const format = useFormat();
  const cache = useQueryClient();
  const signIn = useSignIn(paths);
  const toCredential = useCredentialText();
  const toHintText = useHintText();
  const [shown, setShown] = useState<'edit' | 'credential' | null>(null);
  const [openings, setOpenings] = useState(0);
  const show = (next: 'edit' | 'credential') => {
    setShown(next);
    setOpenings(openings + 1);
  };
  const { id, kind, slug, sourceUrl, serverUrl, credential, credentialHints, needsSignIn, loadedAt } = toolset;
  const origin = sourceUrl ?? t(kind === 'mcp' ? 'view.command' : 'view.pasted');
  const dialog = {
    toolset,
    onOpenChange: () => setShown(null),
    onDone: (changed: ToolsetWithTools) => {
      keepToolset(cache, changed);
      setShown(null);
    },
  };

  return (
    <Card>
      <CardHeader
        title={t('view.source')}
        actions={
          <div className="flex flex-wrap gap-2">
            <Button size="small" icon={<Pencil aria-hidden />} onClick={() => show('edit')}>
              {t('common:action.edit')}
            </Button>
            <Button size="small" icon={<KeyRound aria-hidden />} onClick={() => show('credential')}>
              {t(credential.kind === 'none' ? 'credential.add' : 'credential.replace')}
            </Button>
            {credential.kind === 'authorization-code' && !needsSignIn && (
              <Button
                size="small"
                icon={<LogIn aria-hidden />}
                busy={signIn.isPending}
                onClick={() => signIn.mutate(id)}
              >
                {t('signIn.again')}
              </Button>
            )}
          </div>
        }
      />
      <Facts
        className="grid-cols-1! sm:grid-cols-2! lg:grid-cols-3! [&_dd]:wrap-anywhere"
        facts={[
          [t('view.kind'), t(`kind.${kind}`)],
          [t('view.origin'), origin],
          ...(serverUrl === null ? [] : [[t('field.server'), serverUrl] as const]),
          [t('credential.title'), toCredential(credential)],
          [t('view.slug'), <code key="slug" className="font-mono">{`${slug}/…`}</code>],
          [t('view.loaded'), loadedAt === null ? t('common:never') : format.dateTime(loadedAt)],
        ]}
      />
      {credential.kind === 'none' && credentialHints.length > 0 && (
        <p className="mt-4 text-sm text-ink-soft">
          {t('hints.asks', { ways: credentialHints.map(toHintText).join(t('hints.or')) })}
        </p>
      )}
      <EditDialog key={`edit-${openings}`} open={shown === 'edit'} {...dialog} />
      <CredentialDialog
        key={`credential-${openings}`}
        open={shown === 'credential'}
        returnPath={paths.signedIn}
        {...dialog}
      />
    </Card>
  );
}
