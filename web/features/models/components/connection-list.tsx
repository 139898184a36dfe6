import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Plug, Plus } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from '#web/lib/i18n/use-translation.ts';
import type { Connection } from '#server/contract/model.ts';
import { connectionListQuery } from '#web/features/models/api/connection-list-query.ts';
import { deleteConnection } from '#web/features/models/api/delete-connection.ts';
import { modelListQuery } from '#web/features/models/api/model-list-query.ts';
import { Button } from '#web/ui/button.tsx';
import { Card, CardHeader } from '#web/ui/card.tsx';
import { deleteWithUndo, useWithoutDeleted } from '#web/ui/delete-with-undo.ts';
import { lazyDialog } from '#web/ui/dialog.tsx';
import { EmptyState } from '#web/ui/empty-state.tsx';
import { ListStates } from '#web/ui/list-states.tsx';
import { ConnectionRow } from './connection-row.tsx';

const ConnectionDialog = lazyDialog(async () => (await import('./connection-dialog.tsx')).ConnectionDialog);

/**
 * Where models are reached: by everybody on the hub, as its administrators connect them, or by this person and their agents
 * (`personal`). They are added, tested, changed and deleted here.
 */
export function ConnectionList({ personal }: { personal: boolean }) {
  const { t } = useTranslation('models');
  const group = personal ? 'own' : 'hub';
  const cache = useQueryClient();
  const { data, error, refetch } = useQuery(connectionListQuery);
  const [editing, setEditing] = useState<Connection | 'new' | null>(null);
  const items = useWithoutDeleted(data?.items.filter((connection) => connection.personal === personal));

  const reload = () =>
    Promise.all([cache.invalidateQueries(connectionListQuery), cache.invalidateQueries(modelListQuery)]);
  const remove = ({ id, name }: Connection) =>
    deleteWithUndo({
      id,
      title: t('connections.deleted', { name }),
      detail: t(`connections.${group}.deleteText`),
      send: () => deleteConnection(id),
      reload,
    });
  const add = (
    <Button variant="primary" icon={<Plus aria-hidden />} onClick={() => setEditing('new')}>
      {t(`connections.${group}.add`)}
    </Button>
  );

  return (
    <Card id={personal ? 'connections' : 'hub-connections'} aria-label={t(`connections.${group}.title`)}>
      <CardHeader
        title={t(`connections.${group}.title`)}
        description={t(`connections.${group}.description`)}
        actions={add}
      />
      <ListStates
        items={items}
        error={error}
        onRetry={refetch}
        empty={
          <EmptyState title={t(`connections.${group}.empty`)} icon={<Plug />}>
            {t(`connections.${group}.emptyText`)}
          </EmptyState>
        }
      >
        {(shown) => (
          <ul className="divide-y divide-line">
            {shown.map((connection) => (
              <ConnectionRow
                key={connection.id}
                connection={connection}
                onEdit={() => setEditing(connection)}
                onDelete={() => remove(connection)}
              />
            ))}
          </ul>
        )}
      </ListStates>
      <ConnectionDialog
        connection={editing === 'new' ? null : editing}
        personal={personal}
        open={editing !== null}
        onOpenChange={() => setEditing(null)}
        onSaved={reload}
      />
    </Card>
  );
}
