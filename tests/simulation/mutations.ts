/** One planted bug: in `file`, the first `search` becomes `replace`. */
export interface Mutation {
  readonly name: string;
  readonly file: string;
  readonly search: string;
  readonly replace: string;
}

/** Bugs that a ledger must not have. The simulation has to catch every one: `npm run simulate:mutations`. */
export const mutations: readonly Mutation[] = [
  {
    name: 'trust comment.author_id',
    file: 'src/domain/fold.ts',
    search: "if (audit.comment && audit.comment.author !== audit.author) return 'author-differs';",
    replace: '',
  },
  {
    name: 'take a borrowed author for the author of a reply',
    file: 'src/domain/fold-verdict.ts',
    search: "if (reply.comment.author !== reply.author) return 'author-differs';",
    replace: '',
  },
  {
    name: 'forget the digest',
    file: 'src/domain/fold-verdict.ts',
    search: "if (event.digest !== credit.digest) return refuse('other-offer');",
    replace: '',
  },
  {
    name: 'retry blindly: a request is written again after a lost answer',
    file: 'src/use-cases/request-credit.ts',
    search: 'return readBack(context, ask, prepared, event);',
    replace: 'forgetUnfinished(memory, ask.ticket); return requestCredit(context, ask);',
  },
  {
    name: 'say that a lost write failed',
    file: 'src/use-cases/take-step.ts',
    search: "return lost ? { kind: 'unknown' } :",
    replace: 'return',
  },
  {
    name: 'skip an unknown event',
    file: 'src/domain/events.ts',
    search: "return event ?? { type: 'unreadable', credit };",
    replace: "return event ?? { type: 'remark' };",
  },
  {
    name: 'ignore members that are not known',
    file: 'src/domain/events.ts',
    search: 'Object.keys(value).every((key) => keys.includes(key));',
    replace: 'Object.keys(value).length >= 0 && keys.length >= 0;',
  },
  {
    name: 'float money',
    file: 'src/domain/money.ts',
    search: "typeof value === 'number' && Number.isSafeInteger(value) && value >= 0",
    replace: "typeof value === 'number' && value >= 0",
  },
  {
    name: 'local clock: free what seems over by the browser',
    file: 'src/use-cases/time-is-over.ts',
    search: 'if (!clock.checked()) {',
    replace: 'if (clock.now() < 0) {',
  },
  {
    name: 'free an expired slot early',
    file: 'src/domain/requirement.ts',
    search: 'credit.expiresAt <= at;',
    replace: 'credit.expiresAt - 1_800_000 <= at;',
  },
  {
    name: 'let a request never expire',
    file: 'src/domain/requirement.ts',
    search: 'credit.expiresAt <= at;',
    replace: 'credit.expiresAt <= at && at < 0;',
  },
  {
    name: 'accept e-mail as a reply',
    file: 'src/domain/audit.ts',
    search: "[...EVENT_CHANNELS, 'mobile']",
    replace: "[...EVENT_CHANNELS, 'mobile', 'email']",
  },
  {
    name: 'accept events from any channel',
    file: 'src/domain/fold.ts',
    search: "if (!EVENT_CHANNELS.has(audit.channel)) return 'wrong-channel';",
    replace: '',
  },
  {
    name: 'accept public replies',
    file: 'src/domain/fold-verdict.ts',
    search: "if (reply.comment.public) return 'reply-not-private';",
    replace: '',
  },
  {
    name: 'count the audit that creates a ticket',
    file: 'src/domain/fold.ts',
    search: "if (audit.creates || first) return 'creates-ticket';",
    replace: '',
  },
  {
    name: 'fold without terms: the band that was claimed holds',
    file: 'src/domain/fold-request.ts',
    search: 'const band = stricterBand(event.band, decision.band);',
    replace: 'const band = event.band;',
  },
  {
    name: 'ignore a stricter band that was claimed',
    file: 'src/domain/fold-request.ts',
    search: 'const band = stricterBand(event.band, decision.band);',
    replace: 'const band = decision.band;',
  },
  {
    name: 'count a repeated event',
    file: 'src/domain/fold.ts',
    search: 'if (folding.counted.has(event.id)) return [];',
    replace: '',
  },
  {
    name: 'count two citations of one reply',
    file: 'src/domain/fold-verdict.ts',
    search: "if (folding.cited.has(cited)) return 'quietly';",
    replace: '',
  },
  {
    name: 'ignore the pair limit in the fold',
    file: 'src/domain/fold-verdict.ts',
    search: 'if (terms.pairLimit > 0 && event.facts.pairCount >= terms.pairLimit)',
    replace: 'if (terms.pairLimit > 0 && event.facts.pairCount < 0)',
  },
  {
    name: 'attest no pairs',
    file: 'src/domain/budget.ts',
    search: 'fields.signers.includes(checker))',
    replace: "fields.signers.includes(checker) && checker === '0')",
  },
  {
    name: 'approve one’s own credit',
    file: 'src/domain/fold-verdict.ts',
    search: "if (by === offer.maker) return 'checker-is-maker';",
    replace: '',
  },
  {
    name: 'let anybody approve as lead',
    file: 'src/domain/fold-verdict.ts',
    search: "if (!terms.leads.includes(act.by)) return refuse('not-lead');",
    replace: '',
  },
  {
    name: 'let one person sign twice',
    file: 'src/domain/fold-verdict.ts',
    search: "if (credit.signatures.some(({ by }) => by === act.by)) return refuse('quietly');",
    replace: '',
  },
  {
    name: 'one co-signer where two are needed',
    file: 'src/domain/fold-verdict.ts',
    search: 'credit.signatures.length >= required.needed',
    replace: 'credit.signatures.length >= 1',
  },
  {
    name: 'take light agents for agents',
    file: 'src/domain/fold-verdict.ts',
    search: "if (facts.role !== 'agent' && facts.role !== 'admin') return 'role-unfit';",
    replace: '',
  },
  {
    name: 'approve after the customer changed',
    file: 'src/domain/fold-verdict.ts',
    search:
      "if (folding.customer !== null && folding.customer !== offer.customer) return 'customer-changed';",
    replace: '',
  },
  {
    name: 'ignore what an overrun must name',
    file: 'src/domain/fold-verdict.ts',
    search: "if (event.overrun < required.overrun) return refuse('overrun-not-named');",
    replace: '',
  },
  {
    name: 'ignore the conflict of safe_update',
    file: 'src/zendesk/tickets.ts',
    search: `    safe_update: true,
    updated_stamp: changes.updatedStamp,`,
    replace: '',
  },
  {
    name: 'do not look for what stands before in the same second',
    file: 'src/use-cases/audits-after.ts',
    search: 'if (guarded && written.at - took - SLACK > last)',
    replace: 'if (guarded || took >= 0)',
  },
  {
    name: 'upsert slots',
    file: 'src/zendesk/record-writes.ts',
    search: "answer = await transport.send({ method: 'POST', path, body, kind: 'write' });",
    replace:
      "answer = await transport.send({ method: 'PATCH', path: `${path}?external_id=${encodeURIComponent(externalId)}`, body: { custom_object_record: draft }, kind: 'write' });",
  },
  {
    name: 'ignore the hold',
    file: 'src/domain/fold-steps.ts',
    search: "if (late) return refuse('hold-over');",
    replace: '',
  },
  {
    name: 'give the budget back after the hold',
    file: 'src/domain/fold-steps.ts',
    search: "credit.state = { kind: 'reversed', late, at",
    replace: "credit.state = { kind: 'reversed', late: false, at",
  },
  {
    name: 'ignore the ten minutes of a slot',
    file: 'src/domain/fold-request.ts',
    search: 'audit.at > plus(slot.createdAt, SLOT_LIFE) ||',
    replace: '',
  },
  {
    name: 'two credits on one slot',
    file: 'src/domain/fold-request.ts',
    search: "return taken ? 'slot-taken' : null;",
    replace: "return taken && name === '' ? 'slot-taken' : null;",
  },
  {
    name: 'a slot of any period',
    file: 'src/domain/fold-request.ts',
    search: "if (!isOfPeriod(event, terms)) return refuse('slot-other-period');",
    replace: '',
  },
  {
    name: 'split on one ticket as often as one likes',
    file: 'src/domain/policy.ts',
    search: 'const total = before.held + amount.minor;',
    replace: 'const total = amount.minor;',
  },
  {
    name: 'forget that somebody declined',
    file: 'src/domain/policy.ts',
    search: "note(before.declined, 'after-decline');",
    replace: '',
  },
  {
    name: 'spend the budget that waiting credits hold',
    file: 'src/domain/budget.ts',
    search: "status === 'reserved' || isSpent(status);",
    replace: 'isSpent(status);',
  },
  {
    name: 'take unknown for zero',
    file: 'src/domain/policy.ts',
    search: "note(facts.budgetUsed === null, 'budget-unknown');",
    replace: '',
  },
  {
    name: 'freeze nothing that a newer version wrote',
    file: 'src/domain/fold.ts',
    search: "credit.frozen = 'newer-version';",
    replace: '',
  },
  {
    name: 'post at the time of the reply’s citation only: expired replies count',
    file: 'src/domain/fold-verdict.ts',
    search: ': { by: author, at: audit.at };',
    replace: ': { by: author, at: credit.requestedAt };',
  },
  {
    name: 'void every slot that no journal names, at once',
    file: 'src/use-cases/time-is-over.ts',
    search: 'if (readAt < plus(end, SAFE_AFTER)) return false;',
    replace: 'return true;',
  },
  {
    name: 'say that an ask is lost by a clock that nobody checked',
    file: 'src/use-cases/unfinished-ask.ts',
    search: 'clock.checked() || !held ? until : plus(until, MOST_WRONG)',
    replace: 'until',
  },
  {
    name: 'time a lost ask by the browser’s clock alone',
    file: 'src/use-cases/unfinished-ask.ts',
    search: 'slot?.createdAt ?? kept.claimed ?? sinceByOwnClock(memory, ticket, kept, readAt);',
    replace: 'sinceByOwnClock(memory, ticket, kept, readAt);',
  },
  {
    name: 'know no tiers by group',
    file: 'src/use-cases/groups-that-matter.ts',
    search: '(await helpdesk.readGroupsOf(user)).map(({ id }) => id)',
    replace: '(await helpdesk.readGroupsOf(user)).slice(0, 0).map(({ id }) => id)',
  },
  {
    name: 'settle tiers by tag alone',
    file: 'src/settlement/people-reasons.ts',
    search: '(person.groups ?? [])',
    replace: '([] as string[])',
  },
  {
    name: 'keep quiet about colleagues whom nobody notifies',
    file: 'src/use-cases/request-credit.ts',
    search: 'event.asked.filter((person) => !written.followers.includes(person))',
    replace: 'event.asked.filter(() => false)',
  },
  {
    name: 'know no tickets without pages, as archived ones are',
    file: 'src/zendesk/journal.ts',
    search: 'mayBeUnpaged: true,',
    replace: 'mayBeUnpaged: false,',
  },
];
