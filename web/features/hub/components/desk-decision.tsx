import { useQueryClient } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { useTranslation } from '#web/lib/i18n/use-translation.ts';
import { hubKeys } from '#web/features/hub/api/hub-requests.ts';
import { classNames } from '#web/lib/class-names.ts';
import { Button } from '#web/ui/button.tsx';
import { findActedOn, holdPlace } from '#web/ui/hold-place.ts';
import { showProblemToast } from '#web/ui/problem-toast.ts';
import { ReasonDialog } from './reason-dialog.tsx';

type DeskDecisionProps = {
  /** The agent that is decided on. */
  name: string;
  acceptLabel: string;
  onAccept: () => Promise<unknown>;
  /** Takes the agent off the hub; null where it is off already. */
  onRefuse: ((reason: string) => Promise<unknown>) | null;
  className?: string;
};

/** What an administrator may decide of a line: accept it as it is, or take its agent off the hub with a reason. */
export function DeskDecision({ name, acceptLabel, onAccept, onRefuse, className }: DeskDecisionProps) {
  const { t } = useTranslation('hub');
  const cache = useQueryClient();
  const [isRefusing, setRefusing] = useState(false);
  const goOn = useRef(() => {});
  // What was decided leaves its list, with the button that was pressed.
  const hold = () => {
    goOn.current = holdPlace(findActedOn());
  };
  const reload = async () => {
    await cache.invalidateQueries({ queryKey: hubKeys.all });
    goOn.current();
  };
  return (
    <div className={classNames('flex flex-wrap gap-2', className)}>
      <Button
        size="small"
        onClick={() => {
          hold();
          void onAccept().then(reload, showProblemToast);
        }}
      >
        {acceptLabel}
      </Button>
      {onRefuse !== null && (
        <>
          <Button
            size="small"
            variant="quiet"
            onClick={() => {
              hold();
              setRefusing(true);
            }}
          >
            {t('desk.refuse')}
          </Button>
          <ReasonDialog
            open={isRefusing}
            onClose={() => setRefusing(false)}
            name={name}
            onConfirm={(reason) => onRefuse(reason).then(reload)}
          />
        </>
      )}
    </div>
  );
}
