import { ArrowDown, RotateCcw } from 'lucide-react';
import { lazy, Suspense, useCallback, useEffect, useRef, useState } from 'react';
import type { AttachedFile } from '#server/contract/conversation.ts';
import { useTranslation } from '#web/lib/i18n/use-translation.ts';
import { isPlanner, PlannerNotice } from '#web/features/runs/components/planner-notice.tsx';
import { keepVariables, readVariables } from '#web/features/conversations/kept-variables.ts';
import { MessageActionsProvider } from '#web/features/conversations/message-actions.ts';
import type { Exchange } from '#web/features/conversations/to-turns.ts';
import { type ChatOptions, useChat } from '#web/features/conversations/use-chat.ts';
import { useTemporary } from '#web/features/conversations/use-temporary.ts';
import { useMessageActionsOf } from '#web/features/conversations/use-message-actions-of.ts';
import { useSlashCommands } from '#web/features/conversations/use-slash-commands.ts';
import { useStickToEnd } from '#web/features/conversations/use-stick-to-end.ts';
import { isProblem } from '#web/lib/api-problem.ts';
import { Button } from '#web/ui/button.tsx';
import { lazyDialog } from '#web/ui/dialog.tsx';
import { ErrorPanel } from '#web/ui/error-panel.tsx';
import { SkeletonList } from '#web/ui/skeleton.tsx';
import { ChatOpening } from './chat-opening.tsx';
import { ChatTurns, prepareTurns } from './chat-turns.tsx';
import { Composer, type ComposerHandle } from './composer.tsx';
import { ConnectionNotice } from './connection-notice.tsx';
import { SentenceAnnouncer } from './sentence-announcer.tsx';

/** Many agents ask for nothing before the first message. */
const VariablesForm = lazy(() => import('./variables-form.tsx'));
/** What few conversations have is loaded with the first that has it. */
const ChosenModel = lazy(async () => ({ default: (await import('./chosen-model.tsx')).ChosenModel }));
const ModelDialog = lazyDialog(async () => (await import('./model-dialog.tsx')).ModelDialog);

const noVariables = {};

/** What few conversations show. */
const MissingConversation = lazy(() => import('./missing-conversation.tsx'));
const AnsweringNotice = lazy(() => import('./answering-notice.tsx'));
const TemporaryChoice = lazy(() => import('./temporary-choice.tsx'));

type ChatSessionProps = Omit<ChatOptions, 'onBorn' | 'isTemporary'> & {
  onBorn: (conversation: string, isTemporary: boolean) => void;
  /** It stands beside something else that the page is about. */
  isPreview: boolean;
  onStartOver: (() => void) | undefined;
  modelsAddress: string;
  newAddress: string;
  /** Goes to a conversation that was forked; left out in a preview. */
  onFork: ((conversation: string) => void) | undefined;
  /** Begins a new conversation. */
  onNew: (() => void) | undefined;
  onMakeTest: ((exchange: Exchange & { variables: Record<string, string> }) => void) | undefined;
};

/** One conversation from its opening to its newest answer, with the composer under it. */
export function ChatSession({
  isPreview,
  onStartOver,
  modelsAddress,
  newAddress,
  onMakeTest,
  onFork,
  onNew,
  ...options
}: ChatSessionProps) {
  const { agent, conversation } = options;
  const { t } = useTranslation('conversations');
  const { variables: wanted } = agent.definition;
  const [variables, setVariables] = useState(() => {
    if (wanted.length === 0) return {};
    return conversation === null ? null : readVariables(conversation);
  });
  const onBorn = (id: string) => {
    if (variables && wanted.length > 0) keepVariables(id, variables);
    if (temporary.isOn) temporary.begin(id);
    options.onBorn(id, temporary.isOn);
  };
  const temporary = useTemporary();
  const chat = useChat({ ...options, isTemporary: temporary.isOn, onBorn });
  const container = useRef<HTMLDivElement>(null);
  const content = useRef<HTMLDivElement>(null);
  const { isAtEnd, jump } = useStickToEnd(container, content);
  useEffect(() => {
    if (conversation !== null) void prepareTurns();
  }, [conversation]);

  const isEmpty = chat.id === null && chat.live === null;
  const lastModel =
    chat.live?.view.model ?? chat.storedTurns.findLast((turn) => turn.kind === 'agent')?.view.model ?? null;
  const composer = useRef<ComposerHandle>(null);
  const [model, setModel] = useState<string | undefined>();
  const [isChoosing, setIsChoosing] = useState(false);
  const { begin } = chat;
  const onSent = useCallback(() => requestAnimationFrame(jump), [jump]);
  const send = (content: string, files: AttachedFile[]) => {
    begin({ message: { content, files }, variables: variables ?? noVariables, model });
    onSent();
  };
  const quote = useCallback((text: string) => composer.current?.quote(text), []);
  const { actions, choosingFor, stopChoosing } = useMessageActionsOf({
    chat,
    variables: variables ?? noVariables,
    onSent,
    onFork,
    quote,
  });
  const lastPerson = chat.storedTurns.findLast((turn) => turn.kind === 'person');
  const commands = useSlashCommands({
    chat,
    actions,
    starters: agent.definition.opening.starters,
    onStarter: (text) => send(text, []),
    onNew,
    onChooseModel: () => setIsChoosing(true),
  });
  const chosen = (reference: string) => {
    if (choosingFor === null) setModel(reference);
    else actions.answer(choosingFor, reference);
    stopChoosing();
    setIsChoosing(false);
  };

  const makeTest = useCallback(
    (exchange: Exchange) => onMakeTest?.({ ...exchange, variables: variables ?? {} }),
    [onMakeTest, variables],
  );

  const isMissing = chat.live === null && isProblem(chat.opened.error, 'not_found');
  if (isMissing) {
    return (
      <Suspense fallback={null}>
        <MissingConversation newAddress={newAddress} />
      </Suspense>
    );
  }
  return (
    <section
      aria-label={t('chat.label', { agent: agent.name })}
      className="flex h-full min-h-0 min-w-0 flex-col"
      onPointerEnter={() => void prepareTurns()}
      onFocus={() => void prepareTurns()}
    >
      <div className="relative min-h-0 flex-1">
        <div ref={container} className="relative h-full overflow-y-auto overscroll-contain [overflow-anchor:none]">
          <div ref={content} className="mx-auto grid max-w-3xl gap-6 px-4 py-6">
            {onStartOver && (
              <Button
                size="small"
                variant="quiet"
                className="justify-self-end"
                icon={<RotateCcw aria-hidden />}
                onClick={onStartOver}
              >
                {t('chat.startOver')}
              </Button>
            )}
            {(chat.stored.isError || chat.opened.isError) && (
              <ErrorPanel error={chat.opened.error ?? chat.stored.error} onRetry={() => void chat.stored.refetch()} />
            )}
            {chat.stored.isLoading && chat.sent === null ? (
              <SkeletonList rows={3} rowClassName="h-20 w-full" />
            ) : (
              <>
                {!chat.stored.hasNextPage && (
                  <ChatOpening
                    agent={agent}
                    isPreview={isPreview}
                    isBeginning={isEmpty && variables !== null}
                    onStarter={(text) => send(text, [])}
                  />
                )}
                {isEmpty && isPlanner(agent.definition.model.wishes[0] ?? null) && (
                  <PlannerNotice settingsAddress={modelsAddress} />
                )}
                <MessageActionsProvider value={actions}>
                  <ChatTurns chat={chat} agent={agent} container={container} onMakeTest={onMakeTest && makeTest} />
                </MessageActionsProvider>
                {isPlanner(lastModel) && !chat.isReading && <PlannerNotice settingsAddress={modelsAddress} />}
              </>
            )}
            {variables === null && (
              <Suspense fallback={<SkeletonList rows={wanted.length} />}>
                <VariablesForm
                  variables={wanted}
                  hasEarlier={conversation !== null}
                  onDone={(values) => {
                    if (conversation !== null) keepVariables(conversation, values);
                    setVariables(values);
                  }}
                />
              </Suspense>
            )}
          </div>
        </div>
        {!isAtEnd && (
          <Button
            size="small"
            className="absolute bottom-3 left-1/2 -translate-x-1/2 rounded-full! shadow-lifted"
            icon={<ArrowDown aria-hidden />}
            onClick={jump}
          >
            {t('chat.jump')}
          </Button>
        )}
      </div>
      <SentenceAnnouncer view={chat.live?.view ?? null} />
      <div className="mx-auto grid w-full max-w-3xl gap-2 px-4 pb-4">
        <ConnectionNotice chat={chat} />
        <Suspense fallback={null}>
          {chat.answering && chat.id !== null && (
            <AnsweringNotice
              agent={agent}
              answering={chat.answering}
              conversation={chat.id}
              isReading={chat.isReading}
            />
          )}
          {model !== undefined && <ChosenModel model={model} onDrop={() => setModel(undefined)} />}
        </Suspense>
        {!isPreview && conversation === null && (chat.id === null || temporary.isOn) && (
          <Suspense fallback={<div className="h-6" />}>
            <TemporaryChoice
              isOn={temporary.isOn}
              hasBegun={chat.id !== null || chat.live !== null}
              onChange={temporary.choose}
            />
          </Suspense>
        )}
        <Composer
          handle={composer}
          commands={commands}
          onEditLast={lastPerson && (() => actions.edit(lastPerson.place.id))}
          draftKey={chat.id ?? `new:${agent.handle}`}
          isRunning={chat.isReading}
          readiness={!agent.can.run ? 'forbidden' : variables === null ? 'form' : 'ready'}
          agentName={chat.answering?.name ?? agent.name}
          onSend={send}
          onStop={chat.stop}
        />
      </div>
      <ModelDialog
        open={isChoosing || choosingFor !== null}
        withOwn={agent.can.useOwnModels}
        onClose={() => {
          setIsChoosing(false);
          stopChoosing();
        }}
        onChoose={chosen}
      />
    </section>
  );
}
