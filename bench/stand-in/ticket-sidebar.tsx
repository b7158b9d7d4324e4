import { Button } from '@zendeskgarden/react-buttons';
import { Grid } from '@zendeskgarden/react-grid';
import { DEFAULT_THEME, ThemeProvider } from '@zendeskgarden/react-theming';
import { XL } from '@zendeskgarden/react-typography';
import { useEffect, useState } from 'react';
import styled from 'styled-components';
import type { Zaf } from '#zendesk/zaf-client.ts';

export default function TicketSidebar({ zaf }: { readonly zaf: Zaf }) {
  const [name, setName] = useState('');
  useEffect(() => {
    void zaf.get('currentUser').then(([user]) => {
      setName((user as { readonly name: string }).name);
    });
    void zaf.invoke('resize', { width: '100%', height: '450px' });
  }, [zaf]);
  return (
    <ThemeProvider theme={{ ...DEFAULT_THEME }}>
      <Content>
        <Grid.Row>
          <Grid.Col>
            <XL>{name !== '' && `Hi ${name}, welcome to Zendesk`}</XL>
          </Grid.Col>
        </Grid.Row>
        <Grid.Row>
          <Grid.Col>
            <Button isPrimary>Open the modal</Button>
          </Grid.Col>
        </Grid.Row>
      </Content>
    </ThemeProvider>
  );
}

const Content = styled(Grid)`
  padding: ${({ theme }) => theme.space.md};
`;
