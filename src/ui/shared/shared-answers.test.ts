import { describe, expect, it, vi } from 'vitest';
import { createBrowser } from '#tests/support/render-sidebar.tsx';
import { createSharedAnswers } from './shared-answers.ts';

const ana = { account: 'acme', user: '1', version: '0.1.0' };
const at = (ms: number) => ({ now: () => ms, keepMs: 1000 });

describe('answers that tabs share', () => {
  it('are found by another tab, with how long ago they were read', () => {
    const browser = createBrowser();
    createSharedAnswers(browser.openTab(), ana, at(100)).keep(['terms'], [{ number: 1 }]);
    const other = createSharedAnswers(browser.openTab(), ana, at(200));
    expect(other.find(['terms'])).toEqual({ data: [{ number: 1 }], age: 100 });
    expect(other.find(['terms', 'of another'])).toBeNull();
  });

  it.each([
    ['another user', { ...ana, user: '2' }],
    ['another account', { ...ana, account: 'other' }],
    ['another version', { ...ana, version: '0.2.0' }],
  ])('are never found by %s', (_, owner) => {
    const browser = createBrowser();
    createSharedAnswers(browser.openTab(), ana, at(100)).keep(['terms'], 'mine');
    expect(createSharedAnswers(browser.openTab(), owner, at(100)).find(['terms'])).toBeNull();
  });

  it('are not found when they are too old, come from the future, or are spoilt', () => {
    const browser = createBrowser();
    createSharedAnswers(browser.openTab(), ana, at(100)).keep(['terms'], 'mine');
    expect(createSharedAnswers(browser.openTab(), ana, at(1099)).find(['terms'])).not.toBeNull();
    expect(createSharedAnswers(browser.openTab(), ana, at(99)).find(['terms'])).toBeNull();
    createSharedAnswers(browser.openTab(), ana, at(100)).keep(['terms'], 'mine');
    expect(createSharedAnswers(browser.openTab(), ana, at(1100)).find(['terms'])).toBeNull();
    const answers = createSharedAnswers(browser.openTab(), ana, at(100));
    answers.keep(['terms'], 'mine');
    for (const key of browser.kept.keys()) browser.kept.set(key, '{"data":');
    expect(answers.find(['terms'])).toBeNull();
  });

  it('are removed at the start when they are too old, whoever they belong to; nothing else is', () => {
    const browser = createBrowser();
    createSharedAnswers(browser.openTab(), ana, at(100)).keep(['customer', '7'], 'personal');
    browser.kept.set('of somebody else', '1');
    createSharedAnswers(browser.openTab(), { ...ana, user: '2' }, at(5000));
    expect([...browser.kept.keys()]).toEqual(['of somebody else']);
  });

  it('are told to other tabs when they are kept and when they are dropped, to their owner alone', () => {
    const browser = createBrowser();
    const one = createSharedAnswers(browser.openTab(), ana, at(100));
    const heard = vi.fn();
    createSharedAnswers(browser.openTab(), ana, at(150)).onChange(heard);
    const stranger = vi.fn();
    createSharedAnswers(browser.openTab(), { ...ana, user: '2' }, at(150)).onChange(stranger);
    one.keep(['own-slots', 'month'], [1]);
    one.drop(['own-slots', 'month']);
    expect(heard.mock.calls).toEqual([
      [['own-slots', 'month'], { data: [1], age: 50 }],
      [['own-slots', 'month'], null],
    ]);
    expect(stranger).not.toHaveBeenCalled();
  });
});
