import { DEFAULT_THEME, ThemeProvider } from '@zendeskgarden/react-theming';
import { XL } from '@zendeskgarden/react-typography';

export default function Modal() {
  return (
    <ThemeProvider theme={{ ...DEFAULT_THEME }}>
      <XL>Hello from the modal</XL>
    </ThemeProvider>
  );
}
