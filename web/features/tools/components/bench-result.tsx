import { useEffect, useRef, useState } from 'react';
import { useTranslation } from '#web/lib/i18n/use-translation.ts';
import type { ToolCall } from '#server/contract/tool.ts';
import { toFileAddress } from '#web/features/files/file-address.ts';
import ArtifactList from '#web/features/runs/components/artifact-list.tsx';
import SourceList from '#web/features/runs/components/source-list.tsx';
import { useFormat } from '#web/lib/format.ts';
import { Badge } from '#web/ui/badge.tsx';
import { Tabs } from '#web/ui/tabs.tsx';
import { CutText } from './cut-text.tsx';
import { SentRequestView } from './sent-request-view.tsx';

type View = 'output' | 'model' | 'request';

/** What a call came to: its result, what a model would be told, the request that was sent, and what it made. */
export function BenchResult({ call }: { call: ToolCall }) {
  const { t } = useTranslation('tools');
  const format = useFormat();
  const [view, setView] = useState<View>('output');
  const place = useRef<HTMLElement>(null);
  useEffect(() => {
    place.current?.scrollIntoView({ block: 'nearest' });
  }, [call]);
  const { request } = call;
  const tabs = [
    { value: 'output' as const, label: t('result.output'), content: <Output call={call} /> },
    {
      value: 'model' as const,
      label: t('result.model'),
      content: <CutText label={t('result.model')} text={call.textForModel} />,
    },
    ...(request === null
      ? []
      : [{ value: 'request' as const, label: t('result.request'), content: <SentRequestView request={request} /> }]),
  ];
  return (
    <section
      ref={place}
      aria-label={t('result.title')}
      className="grid min-w-0 scroll-mb-24 gap-3 border-t border-line pt-5"
    >
      <p role="status" className="flex flex-wrap items-center gap-2 text-sm text-ink-soft">
        <Badge tone={call.isError ? 'danger' : 'success'}>{t(call.isError ? 'result.failed' : 'result.done')}</Badge>
        {call.durationMs < 1000 ? format.milliseconds(call.durationMs) : format.duration(call.durationMs)}
      </p>
      <Tabs label={t('result.title')} value={view} onValueChange={setView} tabs={tabs} />
      <ArtifactList artifacts={call.artifacts} />
      {call.sources.length > 0 && (
        <SourceList
          prefix="bench-source-"
          sources={call.sources.map((source, index) => ({ ...source, number: index + 1 }))}
        />
      )}
    </section>
  );
}

function Output({ call: { output, isError, file } }: { call: ToolCall }) {
  const { t } = useTranslation('tools');
  const text = typeof output === 'string' ? output : JSON.stringify(output, null, 2);
  return (
    <div className="grid gap-3">
      {file !== null && (
        <p className="text-sm text-ink-soft">
          {t('result.summary')}{' '}
          <a className="text-link" href={toFileAddress(file)} download>
            {t('result.whole')}
          </a>
        </p>
      )}
      <CutText label={t(isError ? 'result.error' : 'result.output')} text={text} />
    </div>
  );
}
