import { useTranslation } from '#web/lib/i18n/use-translation.ts';
import { ConnectionList } from '#web/features/models/components/connection-list.tsx';
import { ModelList } from '#web/features/models/components/model-list.tsx';
import { SpeechModelsCard } from '#web/features/speech/components/speech-models-card.tsx';
import { PriceList } from '#web/features/models/components/price-list.tsx';
import { PageFrame } from '#web/app/page-frame.tsx';
import { useSignedInPerson } from '#web/app/signed-in-person.ts';
import { PageHeader } from '#web/ui/page-header.tsx';

export function Page() {
  const { t } = useTranslation('models');
  const { can } = useSignedInPerson();
  return (
    <PageFrame>
      <PageHeader title={t('title')} description={t('description')} />
      <div className="grid gap-6">
        <ModelList canAdminister={can.administer} />
        <ConnectionList personal />
        {can.administer && <ConnectionList personal={false} />}
        {can.administer && <SpeechModelsCard />}
        {can.administer && <PriceList />}
      </div>
    </PageFrame>
  );
}
