import { Component, type ReactNode } from 'react';

/** Our own faults end here: a sentence instead of a blank sidebar. React itself logs them. */
export class ErrorBoundary extends Component<
  { readonly fallback: (error: unknown) => ReactNode; readonly children: ReactNode },
  { readonly broken: { readonly by: unknown } | null }
> {
  override state: { readonly broken: { readonly by: unknown } | null } = { broken: null };
  static getDerivedStateFromError(by: unknown) {
    return { broken: { by } };
  }
  override render() {
    const { broken } = this.state;
    return broken ? this.props.fallback(broken.by) : this.props.children;
  }
}
