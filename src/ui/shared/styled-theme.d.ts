import type { IGardenTheme } from '@zendeskgarden/react-theming';

declare module 'styled-components' {
  /** What our own styled parts find in `theme`: Garden's. */
  export interface DefaultTheme extends IGardenTheme {
    rtl: boolean;
  }
}
