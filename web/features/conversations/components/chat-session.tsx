import { RotateCcw } from 'lucide-react';
import { lazy, Suspense, useCallback, useEffect, useMemo, useRef } from 'react';
import { findTranslation, toShownOpening } from '#server/contract/agent-translation.ts';
import type { AttachedFile } from '#server/contract/conversation.ts';
import { useTranslation } from '#web/lib/i18n/use-translation.ts';
import { isPlanner, PlannerNotice } from '#web/features/runs/components/planner-notice.tsx';
import { MessageActionsProvider } from '#web/features/conversations/message-actions.ts';
import type { Exchange } from '#web/features/conversations/to-turns.ts';
import { type ChatOptions, useChat } from '#web/features/conversations/use-chat.ts';
import { useChosenQuestion } from '#web/features/conversations/use-chosen-question.ts';
import { useKeptFocus } from '#web/features/conversations/use-kept-focus.ts';
import { toMessageAnchor } from '#web/features/conversations/use-linked-message.ts';
import { useMessageActionsOf } from '#web/features/conversations/use-message-actions-of.ts';
import { useModelChoice } from '#web/features/conversations/use-model-choice.ts';
import { useSlashCommands } from '#web/features/conversations/use-slash-commands.ts';
import { useStickToEnd } from '#web/features/conversations/use-stick-to-end.ts';
import { useTemporary } from '#web/features/conversations/use-temporary.ts';
import { useVariables } from '#web/features/conversations/use-variables.ts';
import { isProblem } from '#web/lib/api-problem.ts';
import { Button } from '#web/ui/button.tsx';
import { lazyDialog } from '#web/ui/dialog.tsx';
import { ErrorPanel } from '#web/ui/error-panel.tsx';
import { SkeletonList } from '#web/ui/skeleton.tsx';
import { ChatOpening } from './chat-opening.tsx';
import { ChatTurns, prepareTurns } from './chat-turns.tsx';
import { Composer, type ComposerHandle } from './composer.tsx';
import { ComposerNotices } from './composer-notices.tsx';
import { ScrollingThread } from './scrolling-thread.tsx';

/** What few conversations show is loaded with the first that does. */
const AskedVariables = lazy(() => import('./asked-variables.tsx'));
const MissingConversation = lazy(() => import('./missing-conversation.tsx'));
const SentenceAnnouncer = lazy(async () => ({
  default: (await import('./sentence-announcer.tsx')).SentenceAnnouncer,
}));
const ModelDialog = lazyDialog(async () => (await import('./model-dialog.tsx')).ModelDialog);

type ChatSessionProps = Omit<ChatOptions, 'onBorn' | 'isTemporary'> & {
  onBorn: (conversation: string, isTemporary: boolean) => void;
  /** It stands beside something else that the page is about. */
  isPreview: boolean;
  /** It was forked in the chat before, whose focus it takes on. */
  isForked: boolean;
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
  isForked,
  onStartOver,
  modelsAddress,
  newAddress,
  onMakeTest,
  onFork,
  onNew,
  ...options
}: ChatSessionProps) {
  const { agent, conversation } = options;
  const { t, language } = useTranslation('conversations');
  const { definition } = agent;
  const texts = findTranslation(definition.translations, language);
  const opening = useMemo(() => toShownOpening(definition.opening, texts), [definition, texts]);
  const variables = useVariables(definition.variables, conversation);
  const temporary = useTemporary();
  const onBorn = (id: string) => {
    if (temporary.isOn) temporary.begin(id);
    options.onBorn(id, temporary.isOn);
  };
  const chat = useChat({ ...options, isTemporary: temporary.isOn, onBorn });
  const { begin } = chat;
  const isEmpty = chat.id === null && chat.live === null;
  const section = useRef<HTMLElement>(null);
  const container = useRef<HTMLDivElement>(null);
  const content = useRef<HTMLDivElement>(null);
  const composer = useRef<ComposerHandle>(null);
  const { isAtEnd, jump } = useStickToEnd(container, content);
  useEffect(() => {
    if (conversation !== null) void prepareTurns();
  }, [conversation]);

  const onSent = useCallback(() => requestAnimationFrame(jump), [jump]);
  const quote = useCallback((text: string) => composer.current?.quote(text), []);
  const sendAgain = useCallback(() => composer.current?.send(), []);
  const focusComposer = useCallback(() => composer.current?.focus(), []);
  useKeptFocus(section, focusComposer, isForked);
  const { actions, choosingFor, stopChoosing } = useMessageActionsOf({
    chat,
    variables: variables.values,
    onSent,
    // A fork would outlive what it comes from, without saying so.
    onFork: temporary.isOn ? undefined : onFork,
    quote,
  });
  const choice = useModelChoice({ choosingFor, stopChoosing, onChosenFor: actions.answer });
  const { model } = choice;
  const send = useCallback(
    (content: string, files: AttachedFile[]) => {
      begin({ message: { content, files }, variables: variables.values, model });
      onSent();
    },
    [begin, model, onSent, variables.values],
  );
  const sendStarter = useCallback((text: string) => send(text, []), [send]);
  useChosenQuestion(agent.handle, isEmpty && !isPreview && variables.areGiven, sendStarter);
  const commands = useSlashCommands({
    chat,
    actions,
    starters: opening.starters,
    onStarter: sendStarter,
    onNew,
    onChooseModel: choice.open,
  });
  const makeTest = useCallback(
    (exchange: Exchange) => onMakeTest?.({ ...exchange, variables: variables.values }),
    [onMakeTest, variables.values],
  );

  const lastPerson = chat.storedTurns.findLast((turn) => turn.kind === 'person')?.place.id;
  const { edit } = actions;
  const editLast = useCallback(() => {
    if (lastPerson === undefined) return;
    edit(lastPerson);
    // Far from the view there are words alone, and no place to write.
    document.getElementById(toMessageAnchor(lastPerson))?.scrollIntoView({ block: 'nearest' });
  }, [edit, lastPerson]);

  const readAgain = () => Promise.all([chat.opened.refetch(), chat.stored.refetch()]);
  const isMissing = chat.live === null && isProblem(chat.opened.error, 'not_found');
  if (isMissing) {
    return (
      <Suspense fallback={null}>
        <MissingConversation newAddress={newAddress} />
      </Suspense>
    );
  }
  const lastModel =
    chat.live?.view.model ?? chat.storedTurns.findLast((turn) => turn.kind === 'agent')?.view.model ?? null;
  return (
    <section
      ref={section}
      aria-label={t('chat.label', { agent: agent.name })}
      className="flex h-full min-h-0 min-w-0 flex-col"
      onPointerEnter={() => void prepareTurns()}
      onFocus={() => void prepareTurns()}
    >
      <ScrollingThread container={container} content={content} isAtEnd={isAtEnd} isCentred={isEmpty} onJump={jump}>
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
          <ErrorPanel error={chat.opened.error ?? chat.stored.error} onRetry={readAgain} />
        )}
        {chat.stored.isLoading && chat.sent === null ? (
          <SkeletonList rows={3} rowClassName="h-20 w-full" />
        ) : (
          <>
            {!chat.stored.hasNextPage && (
              <ChatOpening
                agent={agent}
                opening={opening}
                isPreview={isPreview}
                isBeginning={isEmpty && variables.areGiven}
                onStarter={sendStarter}
              />
            )}
            {isEmpty && isPlanner(definition.model.wishes[0] ?? null) && (
              <PlannerNotice settingsAddress={modelsAddress} />
            )}
            <MessageActionsProvider value={actions}>
              <ChatTurns
                chat={chat}
                agent={agent}
                container={container}
                onSendAgain={sendAgain}
                onMakeTest={onMakeTest && makeTest}
              />
            </MessageActionsProvider>
            {isPlanner(lastModel) && !chat.isReading && <PlannerNotice settingsAddress={modelsAddress} />}
          </>
        )}
        {variables.areWanted && (
          <Suspense fallback={<SkeletonList rows={definition.variables.length} />}>
            <AskedVariables
              agent={agent.handle}
              variables={definition.variables}
              texts={texts}
              hasEarlier={conversation !== null}
              onDone={variables.give}
            />
          </Suspense>
        )}
      </ScrollingThread>
      <Suspense fallback={null}>{chat.live && <SentenceAnnouncer view={chat.live.view} />}</Suspense>
      <div className="mx-auto grid w-full max-w-3xl gap-2 px-4 pb-4">
        <ComposerNotices
          chat={chat}
          agent={agent}
          model={model}
          onDropModel={choice.drop}
          temporary={temporary}
          canBeTemporary={!isPreview && conversation === null}
        />
        <Composer
          handle={composer}
          dropArea={section}
          commands={commands}
          onEditLast={lastPerson === undefined ? undefined : editLast}
          agent={agent.handle}
          version={options.version}
          draftKey={chat.id ?? `new:${agent.handle}`}
          isRunning={chat.isReading}
          unsent={chat.unsent}
          readiness={!agent.can.run ? 'forbidden' : variables.areGiven ? 'ready' : 'form'}
          agentName={chat.answering?.name ?? agent.name}
          onSend={send}
          onStop={chat.stop}
        />
      </div>
      <ModelDialog
        agent={agent}
        answering={chat.answering}
        open={choice.isOpen}
        onClose={choice.close}
        onChoose={choice.choose}
      />
    </section>
  );
}
