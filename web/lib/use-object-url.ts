import { useEffect, useState } from 'react';

/** An address of a text as a file of some kind, for as long as it is shown; null without one. */
export function useObjectUrl(text: string | null, type: string): string | null {
  const [address, setAddress] = useState<string | null>(null);
  useEffect(() => {
    if (text === null) return;
    const made = URL.createObjectURL(new Blob([text], { type }));
    setAddress(made);
    return () => {
      setAddress(null);
      URL.revokeObjectURL(made);
    };
  }, [text, type]);
  return address;
}
