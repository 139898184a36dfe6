import { lazy, Suspense } from 'react';

const TypesetFormula = lazy(() => import('./typeset-formula.tsx'));

const longestSource = 5_000;

/** A formula in TeX; its source where it is too long, cannot be read or has not come yet. */
export function Formula({
  source,
  isDisplayed,
  isGrowing = false,
}: {
  source: string;
  isDisplayed: boolean;
  isGrowing?: boolean;
}) {
  const written = <code className={isDisplayed ? 'formula-source' : undefined}>{source}</code>;
  if (isGrowing || source.length > longestSource) return written;
  return (
    <Suspense fallback={written}>
      <TypesetFormula source={source} isDisplayed={isDisplayed}>
        {written}
      </TypesetFormula>
    </Suspense>
  );
}
