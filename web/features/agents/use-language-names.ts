import { useEffect, useMemo, useState } from 'react';
import { afterPaint } from '#web/lib/after-paint.ts';

/** Names languages in one of them; by their codes until the first view is there, for a browser takes long to find the names. */
export function useLanguageNames(language: string): (code: string) => string {
  const [isPainted, setIsPainted] = useState(false);
  useEffect(() => afterPaint(() => setIsPainted(true)), []);
  return useMemo(() => {
    const names = isPainted ? new Intl.DisplayNames(language, { type: 'language' }) : null;
    return (code) => names?.of(code) ?? code;
  }, [isPainted, language]);
}
