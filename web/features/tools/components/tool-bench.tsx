import { useTranslation } from '#web/lib/i18n/use-translation.ts';
import type { JsonObject } from '#server/contract/json.ts';
import type { BenchTool } from '#web/features/tools/bench-tool.ts';
import { Dialog } from '#web/ui/dialog.tsx';
import { BenchForm } from './bench-form.tsx';

type ToolBenchProps = {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  tool: BenchTool | null;
  /** What its form begins with, such as what an agent's creator has fixed. */
  input?: JsonObject;
};

const nothing: JsonObject = {};

/** Calls one tool by hand: a form made from its schema, and what the call came to. */
export function ToolBench({ open, onOpenChange, tool, input = nothing }: ToolBenchProps) {
  const { t } = useTranslation('tools');
  return (
    <Dialog
      open={open && tool !== null}
      onOpenChange={onOpenChange}
      title={t('bench.title', { title: tool?.title })}
      description={t('bench.text')}
      size="large"
    >
      {tool && <BenchForm key={tool.id} tool={tool} initial={input} />}
    </Dialog>
  );
}
