import { useSearchParams } from 'react-router';
import { UsageQuery } from '#server/contract/usage-report.ts';
import { type UsageChoice, UsageView } from '#web/features/usage/components/usage-view.tsx';
import { periods } from '#web/features/usage/usage-period.ts';
import { PageFrame } from '#web/app/page-frame.tsx';
import { useSignedInPerson } from '#web/app/signed-in-person.ts';

/** Usage; what is chosen stands in the address. */
export function Page() {
  const { can } = useSignedInPerson();
  const [query, setQuery] = useSearchParams();
  const shape = UsageQuery.shape;
  const choice: UsageChoice = {
    period: periods.find((period) => period === query.get('period')) ?? '30',
    groupBy: shape.groupBy.safeParse(query.get('by') ?? undefined).data ?? 'day',
    person: shape.person.safeParse(query.get('of') ?? undefined).data ?? 'me',
    personId: query.get('person') ?? undefined,
  };
  return (
    <PageFrame>
      <UsageView
        choice={choice}
        canAdminister={can.administer}
        onChange={({ period, groupBy, person, personId }) =>
          setQuery(
            { period, by: groupBy, of: person, ...(personId !== undefined && { person: personId }) },
            { replace: true },
          )
        }
      />
    </PageFrame>
  );
}
