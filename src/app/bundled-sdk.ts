import ZAFClient from 'zendesk_app_framework_sdk';

/**
 * Puts the SDK where Zendesk's own script puts it, for the simulator and the tests. The package
 * loads that script instead (vite.config.ts), and the app reads `window.ZAFClient` in both.
 */
Object.assign(window, { ZAFClient });
