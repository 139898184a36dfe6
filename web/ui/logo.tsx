/** The mark: an arch with the light falling through it. */
export function Logo({ className }: { className?: string }) {
  return (
    <svg viewBox="0 0 32 32" aria-hidden className={className ?? 'size-8'}>
      <rect width="32" height="32" rx="8" className="fill-accent" />
      <path
        d="M7 26V15a9 9 0 0 1 18 0v11"
        fill="none"
        strokeWidth="2.4"
        strokeLinecap="round"
        className="stroke-on-accent"
      />
      <path d="M16 11.5 20.5 26h-9Z" className="fill-chain-soft" />
    </svg>
  );
}
