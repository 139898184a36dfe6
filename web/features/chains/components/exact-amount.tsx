import type { ExactAmount as Amount } from '#server/contract/chain-figures.ts';
import { useFormat } from '#web/lib/format.ts';
import { classNames } from '#web/lib/class-names.ts';

const leastShown = 0.001;

type ExactAmountProps = { amount: Amount | null; signed?: boolean };

/** An amount as people read it; a pointer is told all of its digits. Gains and losses carry their sign and colour. */
export function ExactAmount({ amount, signed = false }: ExactAmountProps) {
  const format = useFormat();
  if (amount === null) return <span className="text-ink-faint">–</span>;
  const { formatted, symbol } = amount;
  const value = Number(formatted);
  const isDollar = symbol === 'USD';
  const size = Math.abs(value);
  const shown = isDollar
    ? format.usd(value)
    : size !== 0 && size < leastShown
      ? value.toPrecision(3)
      : format.number(value);
  return (
    <span
      title={`${formatted} ${symbol}`}
      className={classNames(
        'tabular-nums',
        signed && value > 0 && 'text-success',
        signed && value < 0 && 'text-danger',
      )}
    >
      {signed && value > 0 ? '+' : ''}
      {shown}
      {isDollar ? '' : ` ${symbol}`}
    </span>
  );
}
