import { buildPages } from '#app/simulator-start.ts';

/** Before the browser tests: all of them look at one build. */
export default buildPages;
