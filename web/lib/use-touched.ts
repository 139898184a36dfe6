import { startTransition, useEffect, useState } from 'react';
import { wasTouched, whenTouched } from './when-touched.ts';

/** Whether a person has begun to use the page, for what is drawn from then on. */
export function useTouched(): boolean {
  const [isTouched, setIsTouched] = useState(wasTouched);
  useEffect(() => (isTouched ? undefined : whenTouched(() => startTransition(() => setIsTouched(true)))), [isTouched]);
  return isTouched;
}
