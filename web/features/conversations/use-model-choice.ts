import { useCallback, useState } from 'react';

/** The model that answers the next messages in place of the agent's own, and the choosing of it or of one for an answer. */
export function useModelChoice({
  choosingFor,
  stopChoosing,
  onChosenFor,
}: {
  /** The message that is to be answered again. */
  choosingFor: string | null;
  stopChoosing: () => void;
  onChosenFor: (message: string, reference: string) => void;
}) {
  const [model, setModel] = useState<string | undefined>();
  const [isAsked, setIsAsked] = useState(false);
  const open = useCallback(() => setIsAsked(true), []);
  const close = () => {
    setIsAsked(false);
    stopChoosing();
  };
  return {
    model,
    drop: () => setModel(undefined),
    isOpen: isAsked || choosingFor !== null,
    open,
    close,
    choose: (reference: string) => {
      if (choosingFor === null) setModel(reference);
      else onChosenFor(choosingFor, reference);
      close();
    },
  };
}
