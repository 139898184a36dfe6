import { Sparkles } from 'lucide-react';
import { useState } from 'react';
import { useFormContext } from 'react-hook-form';
import type { AgentDefinition } from '#server/contract/agent-definition.ts';
import type { RewriteInput } from '#server/contract/proposal.ts';
import { useTranslation } from '#web/lib/i18n/use-translation.ts';
import { Button } from '#web/ui/button.tsx';
import { lazyDialog } from '#web/ui/dialog.tsx';

const RewriteDialog = lazyDialog(
  async () => (await import('#web/features/proposals/components/rewrite-dialog.tsx')).RewriteDialog,
);

const fields = {
  instructions: 'instructions',
  description: 'identity.description',
  tagline: 'identity.tagline',
} as const satisfies Record<RewriteInput['part'], string>;

/** Offers to have a text of the draft written better. */
export function RewriteButton({
  agent,
  part,
  modelsAddress,
}: {
  agent: string;
  part: RewriteInput['part'];
  modelsAddress: string;
}) {
  const { t } = useTranslation('agents');
  const { getValues, setValue } = useFormContext<AgentDefinition>();
  const [text, setText] = useState('');
  const [isOpen, setIsOpen] = useState(false);
  const field = fields[part];
  return (
    <>
      <Button
        size="small"
        variant="quiet"
        icon={<Sparkles aria-hidden />}
        aria-label={t('rewrite.of', { part: t(`rewrite.${part}`) })}
        onClick={() => {
          setText(getValues(field));
          setIsOpen(true);
        }}
      >
        {t('rewrite.label')}
      </Button>
      <RewriteDialog
        open={isOpen}
        onOpenChange={setIsOpen}
        agent={agent}
        part={part}
        text={text}
        modelsAddress={modelsAddress}
        onApply={(written) => setValue(field, written, { shouldDirty: true, shouldValidate: true })}
      />
    </>
  );
}
