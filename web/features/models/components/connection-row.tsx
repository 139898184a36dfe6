import { useMutation } from '@tanstack/react-query';
import { Pencil, Trash2, Zap } from 'lucide-react';
import { useTranslation } from '#web/lib/i18n/use-translation.ts';
import type { Connection } from '#server/contract/model.ts';
import { testConnection } from '#web/features/models/api/test-connection.ts';
import { Badge } from '#web/ui/badge.tsx';
import { Button } from '#web/ui/button.tsx';
import { IconButton } from '#web/ui/icon-button.tsx';
import { ConnectionTestResult } from './connection-test-result.tsx';

type ConnectionRowProps = { connection: Connection; onEdit: () => void; onDelete: () => void };

/** One connection: where it comes from, a test of it, and its changes when it is stored here. */
export function ConnectionRow({ connection, onEdit, onDelete }: ConnectionRowProps) {
  const { t } = useTranslation('models');
  const test = useMutation({ mutationFn: () => testConnection(connection.id) });
  const { name } = connection;

  return (
    <li className="py-4 first:pt-0 last:pb-0">
      <div className="flex flex-wrap items-center gap-x-4 gap-y-3">
        <div className="grid min-w-0 flex-1 basis-64 gap-0.5">
          <h3 className="flex flex-wrap items-center gap-2 font-medium">
            {name}
            {!connection.personal && (
              <Badge tone={connection.origin === 'stored' ? 'accent' : 'neutral'}>
                {t(`origin.${connection.origin}`)}
              </Badge>
            )}
          </h3>
          <p className="text-sm break-all text-ink-soft">{connection.baseUrl}</p>
          <p className="text-sm text-ink-faint">
            {t(`provider.${connection.provider}`)} ·{' '}
            {connection.hasKey ? t('connections.hasKey') : t('connections.noKey')}
          </p>
        </div>
        <div className="flex items-center gap-1">
          <Button size="small" icon={<Zap aria-hidden />} busy={test.isPending} onClick={() => test.mutate()}>
            {t('connections.test')}
          </Button>
          {connection.origin === 'stored' && (
            <>
              <IconButton
                label={t('connections.editNamed', { name })}
                icon={<Pencil />}
                size="small"
                onClick={onEdit}
              />
              <IconButton
                label={t('connections.deleteNamed', { name })}
                icon={<Trash2 />}
                size="small"
                onClick={onDelete}
              />
            </>
          )}
        </div>
      </div>
      <ConnectionTestResult result={test.data} error={test.error} />
    </li>
  );
}
