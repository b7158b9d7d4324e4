/**
 * What Garden uses of lodash.memoize (vite.config.ts puts it in lodash's place).
 * @param keyOf what tells two calls apart; the first argument where left out
 */
export default function rememberByKey<Given extends readonly unknown[], Made>(
  make: (...given: Given) => Made,
  keyOf?: (...given: Given) => unknown,
): (...given: Given) => Made {
  const known = new Map<unknown, Made>();
  return (...given) => {
    const key = keyOf ? keyOf(...given) : given[0];
    if (!known.has(key)) known.set(key, make(...given));
    return known.get(key) as Made;
  };
}
