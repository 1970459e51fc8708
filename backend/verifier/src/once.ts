// SPDX-License-Identifier: Apache-2.0
/** `make`, called at the first time only: what it gave, or threw, comes again every time. */
export function once<T>(make: () => T): () => T {
  let known: { value: T } | { fault: unknown } | null = null;
  return () => {
    known ??= attempt(make);
    if ("fault" in known) throw known.fault;
    return known.value;
  };
}

function attempt<T>(make: () => T): { value: T } | { fault: unknown } {
  try {
    return { value: make() };
  } catch (fault) {
    return { fault };
  }
}
