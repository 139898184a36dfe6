type ShortAddressProps = { address: string; label?: string | null; href?: string };

/** An address by its label or its ends; all of it is said to screen readers and shown to a pointer, and can be copied. */
export function ShortAddress({ address, label = null, href }: ShortAddressProps) {
  const short = `${address.slice(0, 8)}…${address.slice(-6)}`;
  const text = (
    <>
      {label !== null && <span className="block font-medium">{label}</span>}
      <span title={address} className="font-mono text-xs text-ink-soft">
        <span aria-hidden>{short}</span>
        <span className="sr-only">{address}</span>
      </span>
    </>
  );
  return href === undefined ? (
    <span>{text}</span>
  ) : (
    <a href={href} target="_blank" rel="noreferrer" className="text-link">
      {text}
    </a>
  );
}
