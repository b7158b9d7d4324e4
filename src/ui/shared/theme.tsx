import { DEFAULT_THEME, getColor, ThemeProvider } from '@zendeskgarden/react-theming';
import { type ReactNode, useEffect, useMemo, useState } from 'react';
import { createGlobalStyle } from 'styled-components';
import type { ColorScheme } from '#zendesk/zaf-host.ts';
import type { Host } from './host.ts';

/**
 * Garden in Zendesk's colour scheme, following it live. Not Garden's ColorSchemeProvider: it looks at
 * localStorage while it renders, and goes blank where that is blocked.
 */
export function Theme({
  host,
  children,
}: {
  readonly host: Pick<Host, 'colorScheme' | 'onColorScheme'>;
  readonly children: ReactNode;
}) {
  const [scheme, setScheme] = useState<ColorScheme>(host.colorScheme);
  useEffect(() => host.onColorScheme(setScheme), [host]);
  const theme = useMemo(
    () => ({
      ...DEFAULT_THEME,
      rtl: document.documentElement.dir === 'rtl',
      colors: { ...DEFAULT_THEME.colors, base: scheme },
    }),
    [scheme],
  );
  return (
    <ThemeProvider theme={theme}>
      <Page />
      {children}
    </ThemeProvider>
  );
}

const Page = createGlobalStyle`
  :root { color-scheme: ${({ theme }) => theme.colors.base}; }
  body {
    margin: 0;
    background: ${({ theme }) => getColor({ theme, variable: 'background.default' })};
    color: ${({ theme }) => getColor({ theme, variable: 'foreground.default' })};
    font-family: ${({ theme }) => theme.fonts.system};
    font-size: ${({ theme }) => theme.fontSizes.md};
    line-height: ${({ theme }) => theme.lineHeights.md};
    overflow-wrap: anywhere;
  }
  @media (prefers-reduced-motion: reduce) {
    * { animation: none !important; transition: none !important; }
  }
`;
