/** The package is a CommonJS module without types; its shape is the Zendesk adapter's to state. */
declare module 'zendesk_app_framework_sdk' {
  const ZAFClient: unknown;
  export default ZAFClient;
}
