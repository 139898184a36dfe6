import { classNames } from '#web/lib/class-names.ts';

type ExampleListProps = {
  label: string;
  examples: readonly string[];
  onChoose: (example: string) => void;
  className?: string;
};

/** Things that one may say, each said or written by a press. */
export function ExampleList({ label, examples, onChoose, className }: ExampleListProps) {
  return (
    <ul aria-label={label} className={classNames('grid gap-2', className)}>
      {examples.map((example) => (
        <li key={example} className="grid">
          <button
            type="button"
            onClick={() => onChoose(example)}
            className="rounded-md border border-line bg-surface px-4 py-2.5 text-left text-sm shadow-low wrap-anywhere hover:border-accent hover:bg-accent-soft"
          >
            {example}
          </button>
        </li>
      ))}
    </ul>
  );
}
