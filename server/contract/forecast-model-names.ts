import type { ForecastModel } from './analysis.ts';
import type { LocalizedText } from './localized-text.ts';

/** What each model of a forecast is called in tables and charts. */
export const forecastModelNames: Record<ForecastModel, LocalizedText> = {
  naive: { en: 'Naive', zh: '朴素' },
  'seasonal-naive': { en: 'Seasonal naive', zh: '季节朴素' },
  drift: { en: 'Drift', zh: '漂移' },
  holt: { en: 'Holt', zh: 'Holt' },
  'holt-winters-additive': { en: 'Holt-Winters, additive', zh: 'Holt-Winters 加法' },
  'holt-winters-multiplicative': { en: 'Holt-Winters, multiplicative', zh: 'Holt-Winters 乘法' },
  arima: { en: 'ARIMA', zh: 'ARIMA' },
};
