import { type ComponentType, createElement, type ReactNode, useEffect, useState } from 'react';
import { inTurn } from './in-turn.ts';
import { loadOnce } from './load-once.ts';
import { whenTouched } from './when-touched.ts';

type LaterOptions<Props> = {
  /** Its code is left where it is until a person has begun to use the page. */
  awaitsTouch?: boolean;
  /** What stands in its place until then. */
  meanwhile?: (props: Props) => ReactNode;
};

/**
 * A component that nobody came for: its code is loaded once it has its place, and it is drawn in its turn while nobody types.
 *
 * As `lazy`, all those of a page would be drawn and laid out at once when the code has come, under whichever key was pressed.
 */
export function laterComponent<Props extends object>(
  load: () => Promise<ComponentType<Props>>,
  { awaitsTouch = false, meanwhile }: LaterOptions<Props> = {},
): ComponentType<Props> {
  const loadComponent = loadOnce(load);
  return function LaterComponent(props: Props) {
    const [state, setState] = useState<{ Component: ComponentType<Props> } | { error: unknown } | null>(null);
    useEffect(() => {
      let isCurrent = true;
      let callOff = () => undefined as void;
      const prepare = () =>
        void loadComponent().then(
          (Component) => isCurrent && (callOff = inTurn(() => setState({ Component }))),
          (error: unknown) => isCurrent && setState({ error }),
        );
      if (awaitsTouch) callOff = whenTouched(prepare);
      else prepare();
      return () => {
        isCurrent = false;
        callOff();
      };
    }, []);
    if (state === null) return meanwhile?.(props);
    if ('error' in state) throw state.error;
    return createElement(state.Component, props);
  };
}
