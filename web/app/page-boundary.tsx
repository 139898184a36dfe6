import { Component, type ReactNode } from 'react';
import { useLocation } from 'react-router';
import { CrashPage } from './crash-page.tsx';

/** Keeps a page's failure to itself; the next page has a new chance. */
export function PageBoundary({ children }: { children: ReactNode }) {
  const { pathname } = useLocation();
  return <Boundary pathname={pathname}>{children}</Boundary>;
}

type BoundaryProps = { pathname: string; children: ReactNode };
type BoundaryState = { failure: { error: unknown } | null; pathname: string };

// React catches what a page throws only with a class.
class Boundary extends Component<BoundaryProps, BoundaryState> {
  override state: BoundaryState = { failure: null, pathname: this.props.pathname };

  static getDerivedStateFromError(error: unknown): Partial<BoundaryState> {
    return { failure: { error } };
  }

  static getDerivedStateFromProps({ pathname }: BoundaryProps, state: BoundaryState): BoundaryState | null {
    return pathname === state.pathname ? null : { failure: null, pathname };
  }

  override render() {
    const { failure } = this.state;
    return failure === null ? this.props.children : <CrashPage error={failure.error} />;
  }
}
