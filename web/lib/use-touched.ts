import { startTransition, useEffect, useState } from 'react';
import { whenTouched } from './when-touched.ts';

/** Whether a person has begun to use the page, for what is drawn from then on. */
export function useTouched(): boolean {
  const [isTouched, setIsTouched] = useState(false);
  useEffect(() => whenTouched(() => startTransition(() => setIsTouched(true))), []);
  return isTouched;
}
