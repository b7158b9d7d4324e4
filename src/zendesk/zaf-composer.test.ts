import { describe, expect, it } from 'vitest';
import { type Zaf, ZafError } from './zaf-client.ts';
import { compose, readAssignment } from './zaf-composer.ts';

/** A page with a composer; `silent`: paths and actions that it does not answer. */
function pageWith(
  { text = '', type = 'publicReply', assignee }: Record<string, unknown>,
  silent: readonly string[] = [],
) {
  const page = { text, type };
  const answers = (path: string): void => {
    if (silent.includes(path)) throw new ZafError('host-refused', path);
  };
  const read = (path: string): unknown => {
    answers(path);
    return { 'comment.text': page.text, 'comment.type': page.type, 'ticket.assignee': assignee }[
      path
    ];
  };
  const zaf: Zaf = {
    settings: {},
    context: {},
    get: async (...paths) => paths.map(read),
    set: async (path, value) => {
      answers(`set ${path}`);
      if (path === 'comment.type') page.type = value;
    },
    invoke: async (name, added) => {
      answers(name);
      page.text = `${String(page.text)}${String(added)}`;
    },
    on: () => () => undefined,
    request: () => Promise.reject(new Error('no request is needed')),
  };
  return { zaf, page };
}

describe('text for the composer', () => {
  it('goes behind what is being written of its kind', async () => {
    const { zaf, page } = pageWith({ text: 'Hello. ' });
    expect(await compose(zaf, 'reply', 'We added $25.00.')).toBe('put');
    expect(page).toEqual({ text: 'Hello. We added $25.00.', type: 'publicReply' });
  });

  it('makes an empty composer one of its kind, be there empty tags in it', async () => {
    const { zaf, page } = pageWith({ text: '<p><br></p>' });
    expect(await compose(zaf, 'note', '@Ben')).toBe('put');
    expect(page.type).toBe('internalNote');
  });

  it.each([
    ['note', 'publicReply'],
    ['reply', 'internalNote'],
  ] as const)('never makes a %s of a draft that is a %s', async (kind, type) => {
    const { zaf, page } = pageWith({ text: 'Half a sentence', type });
    expect(await compose(zaf, kind, 'More.')).toBe('other-draft');
    expect(page).toEqual({ text: 'Half a sentence', type });
  });

  it('runs no template of what people wrote', async () => {
    const { zaf, page } = pageWith({});
    await compose(zaf, 'reply', 'Hello {{ticket.requester.email}} {% if %}');
    expect(page.text).not.toMatch(/\{[{%]/);
  });

  it.each(['comment.text', 'set comment.type', 'ticket.comment.appendText'])(
    'is not put where the page does not answer to %s, and that is told',
    async (silent) => {
      const { zaf, page } = pageWith({ type: 'publicReply' }, [silent]);
      expect(await compose(zaf, 'note', '@Ben')).toBe('unreachable');
      expect(page.text).toBe('');
    },
  );

  it('touches no draft where the page does not say of which kind it is', async () => {
    const drafted = pageWith({ text: 'Draft' }, ['comment.type']);
    expect(await compose(drafted.zaf, 'reply', 'More.')).toBe('other-draft');
    const empty = pageWith({}, ['comment.type']);
    expect(await compose(empty.zaf, 'reply', 'More.')).toBe('put');
  });
});

describe('to whom the ticket belongs', () => {
  it('is a colleague and a group, or nobody', async () => {
    const assignee = { user: { id: 7, name: 'Ben' }, group: { id: 8, name: 'Support' } };
    expect(await readAssignment(pageWith({ assignee }).zaf)).toEqual({ assignee: '7', group: '8' });
    const nobody = { user: null, group: null };
    expect(await readAssignment(pageWith({ assignee: nobody }).zaf)).toEqual({
      assignee: null,
      group: null,
    });
  });

  it('is not known where the page does not say', async () => {
    expect(await readAssignment(pageWith({}, ['ticket.assignee']).zaf)).toBeNull();
    expect(await readAssignment(pageWith({ assignee: 'Ben' }).zaf)).toBeNull();
  });
});
