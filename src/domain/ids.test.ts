import { describe, expect, it } from 'vitest';
import { auditId, creditId, eventId, groupId, ticketId, userId } from './ids.ts';

describe('an id of Zendesk', () => {
  it.each([userId, ticketId, auditId, groupId])('is the same as a number and as digits', (read) => {
    expect(read(4711)).toBe('4711');
    expect(read('4711')).toBe('4711');
  });

  it.each([0, -1, 1.5, NaN, 2 ** 53, '0', '01', '-1', '1.0', '', ' 1', '1e3', null, undefined, {}])(
    'is not %s',
    (value) => {
      expect(userId(value)).toBeNull();
    },
  );

  it('may have more digits than a number holds, as digits', () => {
    expect(userId('12345678901234567890')).toBe('12345678901234567890');
    expect(userId('123456789012345678901')).toBeNull();
  });
});

describe('an id that clients make', () => {
  it.each(['abcdefgh', 'A_b-12345', 'x'.repeat(64)])('may be %s', (value) => {
    expect(creditId(value)).toBe(value);
    expect(eventId(value)).toBe(value);
  });

  it.each(['abcdefg', 'x'.repeat(65), 'abcd efgh', 'abcdefgé', 12345678, null])(
    'may not be %s',
    (value) => {
      expect(creditId(value)).toBeNull();
      expect(eventId(value)).toBeNull();
    },
  );
});
