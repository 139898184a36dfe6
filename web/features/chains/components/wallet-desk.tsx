import { useQuery, useQueryClient, type UseQueryResult } from '@tanstack/react-query';
import { Wallet } from 'lucide-react';
import type { ReactNode } from 'react';
import type { ToolCall } from '#server/contract/tool.ts';
import { listChainNames, toolListQuery } from '#web/lib/tool-list-query.ts';
import { activityQuery, profitQuery, type ReadWallet, readWalletReport } from '#web/features/chains/api/read-wallet.ts';
import { toSearch, readQuestion, type WalletQuestion } from '#web/features/chains/wallet-question.ts';
import { useTranslation } from '#web/lib/i18n/use-translation.ts';
import { Button } from '#web/ui/button.tsx';
import { EmptyState } from '#web/ui/empty-state.tsx';
import { ErrorPanel } from '#web/ui/error-panel.tsx';
import { Notice } from '#web/ui/notice.tsx';
import { PageHeader } from '#web/ui/page-header.tsx';
import { Skeleton } from '#web/ui/skeleton.tsx';
import { ActivityReport } from './activity-report.tsx';
import { ProfitReport } from './profit-report.tsx';
import { ReportButton } from './report-button.tsx';
import { WalletForm } from './wallet-form.tsx';

/** A wallet of the devnet, so that there is something to look at on a fresh hub. */
const example: WalletQuestion = {
  address: '0x23618e81E3f5cdF7f54C3d65f7FBc0aBf5B21E8f',
  chain: 'devnet',
  days: 30,
  own: [],
};
type WalletDeskProps = { search: URLSearchParams; onAsk: (search: Record<string, string>) => void };

/** Asks for a wallet and reports what it gained and did; the question stands in the address. */
export function WalletDesk({ search, onAsk }: WalletDeskProps) {
  const { t } = useTranslation('chains');
  const cache = useQueryClient();
  const question = readQuestion(search);
  const tools = useQuery(toolListQuery);
  const chains = listChainNames(tools.data, 'wallet-profit');
  const { timeZone } = Intl.DateTimeFormat().resolvedOptions();
  const isAsked = question !== null;
  const profit = useQuery({ ...profitQuery(question ?? example), enabled: isAsked });
  const activity = useQuery({ ...activityQuery(question ?? example, timeZone), enabled: isAsked });
  const cancel = () => {
    void cache.cancelQueries({ queryKey: ['wallets'] });
    onAsk({});
  };
  return (
    <>
      <PageHeader title={t('wallet.title')} description={t('wallet.description')} />
      <div className="grid gap-8">
        <WalletForm
          key={JSON.stringify(question)}
          question={question}
          chains={chains}
          isBusy={profit.isFetching || activity.isFetching}
          onAsk={(asked) => {
            void cache.invalidateQueries({ queryKey: ['wallets'] });
            onAsk(toSearch(asked));
          }}
          onCancel={cancel}
        />
        {tools.isError && <ErrorPanel error={tools.error} onRetry={tools.refetch} />}
        {question !== null ? (
          <>
            <Reading query={profit}>
              {(output, call) => (
                <ProfitReport
                  profit={output}
                  call={call}
                  actions={
                    <ReportButton
                      name="wallet-profit"
                      read={() => readWalletReport('wallet-profit', question, { range: output.range })}
                    />
                  }
                />
              )}
            </Reading>
            <Reading query={activity}>
              {(output, call) => (
                <ActivityReport
                  activity={output}
                  call={call}
                  actions={
                    <ReportButton
                      name="wallet-activity"
                      read={() =>
                        readWalletReport('wallet-activity', question, {
                          range: output.range,
                          timeZone: output.timeZone,
                        })
                      }
                    />
                  }
                />
              )}
            </Reading>
          </>
        ) : (
          <EmptyState
            icon={<Wallet />}
            title={t('wallet.empty.title')}
            action={
              chains.some(({ value }) => value === example.chain) && (
                <Button onClick={() => onAsk(toSearch(example))}>{t('wallet.empty.example')}</Button>
              )
            }
          >
            {t('wallet.empty.text')}
          </EmptyState>
        )}
      </div>
    </>
  );
}

type ReadingProps<Output> = {
  query: UseQueryResult<ReadWallet<Output>>;
  children: (output: Output, call: ToolCall) => ReactNode;
};

function Reading<Output>({ query, children }: ReadingProps<Output>) {
  const { t } = useTranslation('chains');
  if (query.isPending)
    return (
      <div role="status" className="grid gap-3">
        <span className="text-sm text-ink-soft">{t('wallet.busy')}</span>
        <Skeleton className="h-64 w-full" />
      </div>
    );
  if (query.isError) return <ErrorPanel error={query.error} onRetry={query.refetch} />;
  if ('failure' in query.data)
    return (
      <div role="alert">
        <Notice
          tone="danger"
          title={t('wallet.failed')}
          actions={
            <Button size="small" onClick={() => void query.refetch()}>
              {t('wallet.again')}
            </Button>
          }
        >
          {query.data.failure}
        </Notice>
      </div>
    );
  return children(query.data.output, query.data.call);
}
