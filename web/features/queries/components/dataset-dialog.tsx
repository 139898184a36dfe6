import { useForm } from 'react-hook-form';
import { z } from 'zod';
import type { QueryTable } from '#server/contract/dataset.ts';
import { ColumnType, TableName } from '#server/contract/sql.ts';
import { updateDataset } from '#web/features/queries/api/table-requests.ts';
import { formResolver } from '#web/lib/form-resolver.ts';
import { useTranslation } from '#web/lib/i18n/use-translation.ts';
import { useSubmit } from '#web/lib/use-submit.ts';
import { Button } from '#web/ui/button.tsx';
import { Dialog } from '#web/ui/dialog.tsx';
import { Form } from '#web/ui/form.tsx';
import { SelectField } from '#web/ui/select-field.tsx';
import { TextField } from '#web/ui/text-field.tsx';

const usualTypes = [
  'VARCHAR',
  'BOOLEAN',
  'BIGINT',
  'HUGEINT',
  'DOUBLE',
  'DECIMAL(38,6)',
  'DECIMAL(38,18)',
  'DATE',
  'TIMESTAMP',
  'TIMESTAMP WITH TIME ZONE',
  'TIME',
  'UUID',
  'JSON',
];
const Values = z.object({ name: TableName, types: z.array(z.string()) });

type DatasetDialogProps = {
  table: QueryTable | null;
  open: boolean;
  onOpenChange: (open: boolean) => void;
  onSaved: () => unknown;
};

/** Changes what a table is called and what its columns are read as. */
export function DatasetDialog({ table, open, onOpenChange, onSaved }: DatasetDialogProps) {
  const { t } = useTranslation('queries');
  const onDone = () => {
    onSaved();
    onOpenChange(false);
  };
  return (
    <Dialog
      open={open}
      onOpenChange={onOpenChange}
      title={t('tables.changeNamed', { name: table?.name ?? '' })}
      description={t('tables.changeText')}
    >
      {table && <DatasetForm table={table} onDone={onDone} />}
    </Dialog>
  );
}

function DatasetForm({ table, onDone }: { table: QueryTable; onDone: () => void }) {
  const { t } = useTranslation('queries');
  const types = table.columns.map(({ type }) => type);
  const form = useForm({ resolver: formResolver(Values), defaultValues: { name: table.name, types } });
  const { submit, busy, error } = useSubmit(form, {
    send: ({ name, types: chosen }) => {
      const changed = table.columns.flatMap((column, index) => {
        const type = ColumnType.safeParse(chosen[index]).data;
        return type === undefined || type === column.type ? [] : [{ name: column.name, type }];
      });
      return updateDataset(table.datasetId ?? '', { name, ...(changed.length > 0 && { columns: changed }) });
    },
    onDone,
  });
  return (
    <Form onSubmit={submit} error={error}>
      <TextField
        label={t('tables.name')}
        hint={t('tables.nameHint')}
        error={form.formState.errors.name?.message}
        {...form.register('name')}
      />
      <div className="grid gap-3 sm:grid-cols-2">
        {table.columns.map(({ name, type }, index) => (
          <SelectField
            key={name}
            label={name}
            options={[...new Set([type, ...usualTypes])].map((option) => ({ value: option, label: option }))}
            {...form.register(`types.${index}`)}
          />
        ))}
      </div>
      <Button type="submit" variant="primary" busy={busy} className="justify-self-end">
        {t('action.save')}
      </Button>
    </Form>
  );
}
