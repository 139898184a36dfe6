import { useMutation } from '@tanstack/react-query';
import { CircleStop, Play } from 'lucide-react';
import { type FormEvent, useMemo, useState } from 'react';
import { useTranslation } from '#web/lib/i18n/use-translation.ts';
import type { JsonObject } from '#server/contract/json.ts';
import { callTool } from '#web/features/tools/api/call-tool.ts';
import { readBenchInput, readToolIssues, toBenchValues } from '#web/features/tools/bench-input.ts';
import type { BenchTool } from '#web/features/tools/bench-tool.ts';
import { type FieldFault, parseJsonObject } from '#web/features/tools/schema-fields.ts';
import { toBenchFields } from '#web/features/tools/to-bench-fields.ts';
import { useCancellable } from '#web/lib/use-cancellable.ts';
import { Button } from '#web/ui/button.tsx';
import { Form } from '#web/ui/form.tsx';
import { Notice } from '#web/ui/notice.tsx';
import { SegmentedChoice } from '#web/ui/segmented-choice.tsx';
import { TextArea } from '#web/ui/text-area.tsx';
import { BenchFields } from './bench-fields.tsx';
import { BenchResult } from './bench-result.tsx';

type Mode = 'form' | 'json';

/** The input of a tool as fields or as JSON, its call, and the result. */
export function BenchForm({ tool, initial }: { tool: BenchTool; initial: JsonObject }) {
  const { t } = useTranslation('tools');
  const fields = useMemo(() => toBenchFields(tool.inputSchema), [tool.inputSchema]);
  const [mode, setMode] = useState<Mode>('form');
  const [values, setValues] = useState(() => toBenchValues(fields, initial, true));
  const [json, setJson] = useState('{}');
  const [faults, setFaults] = useState<Record<string, FieldFault>>({});
  const [isCancelled, setIsCancelled] = useState(false);
  const { run, cancel } = useCancellable();
  const call = useMutation({
    mutationFn: (input: JsonObject) => run((signal) => callTool({ tool: tool.id, input }, signal)),
    onMutate: () => setIsCancelled(false),
    onSuccess: (answer) => setIsCancelled(answer === null),
  });
  const result = call.data ?? null;
  const writes = tool.effect === 'write';

  const change = (name: string, text: string) => {
    setValues((before) => ({ ...before, [name]: text }));
    setFaults(({ [name]: _, ...others }) => others);
  };
  const choose = (next: Mode) => {
    const written = parseJsonObject(json);
    if (next === 'json') setJson(JSON.stringify(readBenchInput(fields, values).input, null, 2));
    else if (written !== null) setValues(toBenchValues(fields, written, false));
    setFaults({});
    setMode(next);
  };
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    if (call.isPending) return;
    const read =
      mode === 'form'
        ? readBenchInput(fields, values)
        : { input: parseJsonObject(json), faults: parseJsonObject(json) === null ? { json: 'object' as const } : {} };
    setFaults(read.faults);
    const isWrong = Object.keys(read.faults).length > 0;
    if (read.input !== null && !isWrong) call.mutate(read.input);
    const named = [...event.currentTarget.querySelectorAll<HTMLElement>('[name]')];
    if (isWrong) named.find((control) => (control.getAttribute('name') ?? '') in read.faults)?.focus();
  };

  return (
    <Form
      onSubmit={submit}
      error={call.error}
      actions={
        <>
          <p role="status" className="mr-auto self-center text-sm text-ink-soft">
            {call.isPending ? t('bench.running') : isCancelled ? t('bench.cancelled') : ''}
          </p>
          {call.isPending && (
            <Button icon={<CircleStop aria-hidden />} onClick={cancel}>
              {t('common:action.cancel')}
            </Button>
          )}
          <Button
            type="submit"
            variant={writes ? 'danger' : 'primary'}
            busy={call.isPending}
            disabled={tool.unavailable !== null}
            icon={<Play aria-hidden />}
          >
            {t(writes ? 'bench.runForReal' : 'bench.run')}
          </Button>
        </>
      }
    >
      {tool.description !== '' && tool.description !== tool.title && (
        <p className="line-clamp-6 text-sm whitespace-pre-line text-ink-soft wrap-anywhere">{tool.description}</p>
      )}
      {tool.unavailable !== null && <Notice tone="warning" title={tool.unavailable} />}
      {writes && (
        <Notice tone="warning" title={t('bench.writes')}>
          {t('bench.writesText')}
        </Notice>
      )}
      <SegmentedChoice
        label={t('bench.mode')}
        value={mode}
        onChange={choose}
        options={[
          { value: 'form', label: t('bench.asForm') },
          { value: 'json', label: t('bench.asJson') },
        ]}
      />
      {mode === 'form' ? (
        <BenchFields
          toolId={tool.id}
          fields={fields}
          values={values}
          faults={faults}
          issues={result?.isError ? readToolIssues(fields, result.output) : {}}
          onChange={change}
        />
      ) : (
        <TextArea
          monospaced
          name="json"
          rows={8}
          spellCheck={false}
          label={t('bench.input')}
          value={json}
          error={faults['json'] && t('wrong.object')}
          onChange={(event) => setJson(event.target.value)}
        />
      )}
      {result && !call.isPending && <BenchResult call={result} />}
    </Form>
  );
}
