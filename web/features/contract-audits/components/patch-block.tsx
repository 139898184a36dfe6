import type { AuditFinding } from '#server/contract/contract-audit.ts';
import { useTranslation } from '#web/lib/i18n/use-translation.ts';
import { CodeBlock } from '#web/ui/code-block.tsx';

const looks: Record<string, string> = { '+': 'bg-success-soft text-success', '-': 'bg-danger-soft text-danger' };

/** A proposed change as a diff, to be copied. */
export function PatchBlock({ patch: { diff, compiles } }: { patch: NonNullable<AuditFinding['patch']> }) {
  const { t } = useTranslation('contract-audits');
  const lines = diff.trimEnd().split('\n');
  return (
    <CodeBlock code={diff} label={t(compiles === true ? 'finding.patchCompiles' : 'finding.patch')}>
      {lines.map((line, index) => (
        <span key={index} className={`block ${index < 2 ? 'text-ink-faint' : (looks[line.charAt(0)] ?? '')}`}>
          {line || ' '}
        </span>
      ))}
    </CodeBlock>
  );
}
