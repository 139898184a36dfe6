import { useEffect, useRef, useState } from 'react';
import type { AuditFinding, ContractAudit } from '#server/contract/contract-audit.ts';
import { classNames } from '#web/lib/class-names.ts';
import { useTranslation } from '#web/lib/i18n/use-translation.ts';
import { ScrollRegion } from '#web/ui/scroll-region.tsx';
import { SelectField } from '#web/ui/select-field.tsx';

type SourceViewProps = { files: ContractAudit['files']; finding: AuditFinding | null };

/** Of longer sources only the lines in sight are drawn; what is drawn late keeps the colours of another theme. */
const mostDrawnLines = 2_000;

/** The source with its lines' numbers; those of the chosen finding are marked and in view. */
export function SourceView({ files, finding }: SourceViewProps) {
  const { t } = useTranslation('contract-audits');
  const [path, setPath] = useState(files[0]?.path ?? '');
  const [seen, setSeen] = useState<string | null>(null);
  const first = useRef<HTMLSpanElement>(null);
  const box = useRef<HTMLDivElement>(null);
  if (finding !== null && finding.id !== seen) {
    setSeen(finding.id);
    setPath(finding.place.file);
  }
  useEffect(() => {
    // Only the box moves, not the page.
    if (first.current && box.current) box.current.scrollTop = first.current.offsetTop - box.current.clientHeight / 3;
  }, [seen, path]);
  const lines = files.find((file) => file.path === path)?.content.split('\n') ?? [];
  const isMarked = (line: number) =>
    finding !== null && finding.place.file === path && line >= finding.place.line && line <= finding.place.endLine;

  return (
    <div className="grid min-w-0 gap-3 lg:sticky lg:top-4">
      {files.length > 1 && (
        <SelectField
          label={t('source.file')}
          value={path}
          options={files.map((file) => ({ value: file.path, label: file.path }))}
          onChange={({ target }) => setPath(target.value)}
        />
      )}
      <ScrollRegion
        ref={box}
        label={t('source.label', { path })}
        className="relative max-h-[70dvh] rounded-md border border-line bg-sunken"
      >
        <pre className="w-max min-w-full py-3 font-mono text-xs leading-5">
          {lines.map((text, index) => (
            <span
              key={index}
              ref={finding?.place.file === path && index + 1 === finding.place.line ? first : undefined}
              className={classNames(
                'block px-3',
                lines.length > mostDrawnLines && '[contain-intrinsic-height:1.25rem] [content-visibility:auto]',
                isMarked(index + 1) && 'bg-warning-soft',
              )}
            >
              <span aria-hidden className="mr-4 inline-block w-8 text-right text-ink-faint select-none">
                {index + 1}
              </span>
              {isMarked(index + 1) ? <mark className="bg-transparent text-ink">{text}</mark> : text}
            </span>
          ))}
        </pre>
      </ScrollRegion>
    </div>
  );
}
