import { Ellipsis, FileText, FlaskConical, GitFork, Play, Quote, RotateCw, Shuffle } from 'lucide-react';
import { useTranslation } from '#web/lib/i18n/use-translation.ts';
import { RatingButtons } from '#web/features/feedback/components/rating-buttons.tsx';
import { RunFigures } from '#web/features/runs/components/run-figures.tsx';
import type { RunView } from '#web/features/runs/run-view.ts';
import { isCut } from '#web/features/conversations/is-cut.ts';
import { readReport } from '#web/features/conversations/api/read-report.ts';
import { useMessageActions } from '#web/features/conversations/message-actions.ts';
import { readSelection } from '#web/features/conversations/read-selection.ts';
import type { TurnPlace } from '#web/features/conversations/to-turns.ts';
import { laterComponent } from '#web/lib/later-component.ts';
import { saveFile, toSavedName } from '#web/lib/save-file.ts';
import { Button } from '#web/ui/button.tsx';
import { CopyButton } from '#web/ui/copy-button.tsx';
import { IconButton } from '#web/ui/icon-button.tsx';
import { Menu, MenuItem } from '#web/ui/menu.tsx';
import { showProblemToast } from '#web/ui/problem-toast.ts';
import { BranchSwitch } from './branch-switch.tsx';
import { quietActions } from './quiet-actions.ts';

const ReadAloudButton = laterComponent(
  async () => (await import('#web/features/speech/components/read-aloud-button.tsx')).ReadAloudButton,
  { awaitsTouch: true },
);

/** What may be done with an answer. */
export function AnswerActions({
  view,
  place,
  onMakeTest,
}: {
  view: RunView;
  place: TurnPlace | null;
  onMakeTest: ((view: RunView) => void) | undefined;
}) {
  const { t } = useTranslation('conversations');
  const { answer, continued, isBusy } = useMessageActions();
  const parent = place?.parentId ?? null;
  return (
    <div className="flex min-w-0 flex-wrap items-center gap-1">
      {place && isCut(view) && !continued.has(place.id) && (
        <Button size="small" icon={<Play aria-hidden />} disabled={isBusy} onClick={() => answer(place.id)}>
          {t('chat.continue')}
        </Button>
      )}
      {place && <BranchSwitch place={place} />}
      <span className={quietActions}>
        {view.text !== '' && (
          <CopyButton text={view.text} label={t('chat.copy')} variant="quiet" size="small" iconOnly />
        )}
        {view.text !== '' && view.run !== null && <ReadAloudButton id={view.run} text={view.text} />}
        {parent !== null && (
          <IconButton
            label={t('chat.retry')}
            icon={<RotateCw />}
            size="small"
            disabled={isBusy}
            onClick={() => answer(parent)}
          />
        )}
        {place && <Rating place={place} />}
        {onMakeTest && view.status === 'completed' && (
          <IconButton
            label={t('chat.makeTest')}
            icon={<FlaskConical />}
            size="small"
            onClick={() => onMakeTest(view)}
          />
        )}
        {place && <AnswerMenu view={view} place={place} />}
      </span>
      <RunFigures view={view} isDetailed={onMakeTest !== undefined} />
    </div>
  );
}

function Rating({ place: { id, feedback } }: { place: TurnPlace }) {
  const { keepFeedback } = useMessageActions();
  return <RatingButtons message={id} feedback={feedback} onChange={(said) => keepFeedback(id, said)} />;
}

function AnswerMenu({ view, place: { id, parentId } }: { view: RunView; place: TurnPlace }) {
  const { t } = useTranslation('conversations');
  const { chooseModel, fork, isBusy, quote } = useMessageActions();
  const { run } = view;
  return (
    <Menu
      label={t('chat.more')}
      align="start"
      trigger={<IconButton label={t('chat.more')} icon={<Ellipsis />} size="small" tooltip={false} />}
    >
      {parentId !== null && (
        <MenuItem icon={<Shuffle aria-hidden />} disabled={isBusy} onSelect={() => chooseModel(parentId)}>
          {t('chat.retryWith')}
        </MenuItem>
      )}
      {view.text !== '' && (
        <MenuItem icon={<Quote aria-hidden />} onSelect={() => quote(readSelection(id) ?? view.text)}>
          {t('chat.quote')}
        </MenuItem>
      )}
      {run !== null && view.status === 'completed' && (
        <MenuItem
          icon={<FileText aria-hidden />}
          onSelect={() =>
            void readReport(run).then(
              (file) => saveFile(toSavedName(document.title.replace(/ · Atrium$/, ''), 'pdf'), file),
              showProblemToast,
            )
          }
        >
          {t('chat.report')}
        </MenuItem>
      )}
      {fork && (
        <MenuItem icon={<GitFork aria-hidden />} onSelect={() => fork(id)}>
          {t('chat.fork')}
        </MenuItem>
      )}
    </Menu>
  );
}
