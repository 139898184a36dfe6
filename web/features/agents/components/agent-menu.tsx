import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Copy, Download, Ellipsis, MessageCircle, Pencil, Trash2 } from 'lucide-react';
import { translate } from '#web/lib/i18n/texts.ts';
import { useTranslation } from '#web/lib/i18n/use-translation.ts';
import { Link, useNavigate } from 'react-router';
import type { AgentSummary } from '#server/contract/agent.ts';
import type { AgentPaths } from '#web/features/agents/agent-paths.ts';
import { agentKeys } from '#web/features/agents/api/agent-queries.ts';
import { toAgentAddress } from '#web/features/agents/api/agent-address.ts';
import { deleteAgent } from '#web/features/agents/api/delete-agent.ts';
import { duplicateAgent } from '#web/features/agents/api/duplicate-agent.ts';
import { toProblemTexts } from '#web/lib/problem-texts.ts';
import { deleteWithUndo } from '#web/ui/delete-with-undo.ts';
import { IconButton } from '#web/ui/icon-button.tsx';
import { Menu, MenuItem, MenuSeparator } from '#web/ui/menu.tsx';
import { showToast } from '#web/ui/toast-store.ts';

/** What the person may do with an agent; the hub has said what that is. */
export function AgentMenu({ agent, paths }: { agent: AgentSummary; paths: AgentPaths }) {
  const { t } = useTranslation('agents');
  const navigate = useNavigate();
  const queryClient = useQueryClient();
  const { can } = agent;
  const label = t('list.actions', { name: agent.name });
  const duplicate = useMutation({
    mutationFn: () => duplicateAgent(agent.id),
    onSuccess: async (copy) => {
      await queryClient.invalidateQueries({ queryKey: agentKeys.lists });
      showToast({ title: t('list.duplicated', { name: copy.name }), tone: 'success' });
      await navigate(paths.edit(copy.id));
    },
    onError: (error) => {
      const { title, detail } = toProblemTexts(error, translate);
      showToast({ title: t('list.notDuplicated'), detail: detail ?? title, tone: 'danger' });
    },
  });
  const remove = () =>
    deleteWithUndo({
      id: agent.id,
      title: t('list.deleted', { name: agent.name }),
      detail: t('list.deletedText'),
      send: () => deleteAgent(agent.id),
      reload: () => queryClient.invalidateQueries({ queryKey: agentKeys.lists }),
    });
  return (
    <Menu label={label} trigger={<IconButton size="small" label={label} icon={<Ellipsis />} tooltip={false} />}>
      {can.run && (
        <MenuItem asChild>
          <Link to={paths.chat(agent.handle)}>
            <MessageCircle aria-hidden />
            {t('list.chat')}
          </Link>
        </MenuItem>
      )}
      {can.edit && (
        <MenuItem asChild>
          <Link to={paths.edit(agent.id)}>
            <Pencil aria-hidden />
            {t('common:action.edit')}
          </Link>
        </MenuItem>
      )}
      {can.duplicate && (
        <MenuItem icon={<Copy aria-hidden />} disabled={duplicate.isPending} onSelect={() => duplicate.mutate()}>
          {t('list.duplicate')}
        </MenuItem>
      )}
      {can.export && (
        <MenuItem asChild>
          <a href={toAgentAddress(agent.id, 'export')} download>
            <Download aria-hidden />
            {t('builder.export')}
          </a>
        </MenuItem>
      )}
      {can.delete && (
        <>
          <MenuSeparator />
          <MenuItem icon={<Trash2 aria-hidden />} tone="danger" onSelect={remove}>
            {t('common:action.delete')}
          </MenuItem>
        </>
      )}
    </Menu>
  );
}
