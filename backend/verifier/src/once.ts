// SPDX-License-Identifier: Apache-2.0
/** `make`, called at the first time only: what it gave, or threw, comes again every time. */
export function once<T>(make: () => T): () => T {
  let known: (() => T) | null = null;
  return () => (known ??= tried(make))();
}

/** `make`, called now: what it gave, or threw, comes every time. */
export function tried<T>(make: () => T): () => T {
  try {
    const value = make();
    return () => value;
  } catch (fault) {
    return () => {
      throw fault;
    };
  }
}
