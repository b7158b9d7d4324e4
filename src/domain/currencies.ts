import type { Brand } from './ids.ts';

/** An ISO 4217 code in force. */
export type Currency = Brand<string, 'Currency'>;

// ISO 4217, list one. Not taken from Intl: CLDR's digits differ from ISO's for some currencies and
// change with the browser, and two clients that disagree on an exponent disagree on an amount.
const exponents: Readonly<Record<0 | 2 | 3 | 4, string>> = {
  0: 'BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF',
  2: `AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BGN BMD BND BOB BRL BSD BTN BWP BYN BZD CAD
    CDF CHF CNY COP CRC CUP CVE CZK DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GTQ GYD
    HKD HNL HTG HUF IDR ILS INR IRR JMD KES KGS KHR KPW KYD KZT LAK LBP LKR LRD LSL MAD MDL MGA MKD
    MMK MNT MOP MRU MUR MVR MWK MXN MYR MZN NAD NGN NIO NOK NPR NZD PAB PEN PGK PHP PKR PLN QAR RON
    RSD RUB SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TOP TRY TTD TWD
    TZS UAH USD UYU UZS VED VES WST XCD XCG YER ZAR ZMW ZWG`,
  3: 'BHD IQD JOD KWD LYD OMR TND',
  4: 'CLF UYW',
};

const exponentOf = new Map<string, number>(
  Object.entries(exponents).flatMap(([digits, codes]) =>
    codes.split(/\s+/).map((code): [string, number] => [code, Number(digits)]),
  ),
);

/** @returns null unless `code` is an ISO 4217 code, in capitals. */
export const currency = (code: unknown): Currency | null =>
  typeof code === 'string' && exponentOf.has(code) ? (code as Currency) : null;

/** How many decimal digits the currency's minor unit has: USD 2, JPY 0, KWD 3. */
export function exponent(of: Currency): number {
  const digits = exponentOf.get(of);
  if (digits === undefined) throw new RangeError(`unknown currency: ${of}`);
  return digits;
}
