import { KeptChart, type KeptChartProps } from './kept-chart.tsx';

type KeptChartsProps = {
  charts: KeptChartProps['chart'][];
  /** Where the hub draws one of them. */
  toAddress: (chart: string) => string;
  label: string;
  saveLabel: string;
  /** How they stand beside each other. */
  className: string;
};

/** The charts of a kept report; nothing where there are none. */
export function KeptCharts({ charts, toAddress, label, saveLabel, className }: KeptChartsProps) {
  if (charts.length === 0) return null;
  return (
    <section aria-label={label} className={`grid min-w-0 gap-6 ${className}`}>
      {charts.map((chart) => (
        <KeptChart key={chart.id} chart={chart} address={toAddress(chart.id)} saveLabel={saveLabel} />
      ))}
    </section>
  );
}
