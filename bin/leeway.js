#!/usr/bin/env node
import { register } from 'tsx/esm/api';

// The sources are TypeScript; Node 20 cannot run them by itself (docs/decisions).
register();
const { main } = await import('../src/app/settlement-command.ts');
process.exitCode = await main(process.argv.slice(2));
