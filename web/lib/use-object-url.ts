import { useEffect, useState } from 'react';

/** An address of a text or of bytes as a file of some kind, for as long as it is shown; null without one. */
export function useObjectUrl(content: string | Blob | null, type: string): string | null {
  const [address, setAddress] = useState<string | null>(null);
  useEffect(() => {
    if (content === null) return;
    const made = URL.createObjectURL(new Blob([content], { type }));
    setAddress(made);
    return () => {
      setAddress(null);
      URL.revokeObjectURL(made);
    };
  }, [content, type]);
  return address;
}
