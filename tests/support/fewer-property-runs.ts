import fc from 'fast-check';

// Thousands of mutants are judged: what ten examples do not catch, an example test should.
fc.configureGlobal({ numRuns: 10 });
