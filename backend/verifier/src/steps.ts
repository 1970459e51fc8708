// SPDX-License-Identifier: Apache-2.0
// The steps as a whole: that they lead from inputs to outputs, and what no step makes.

import type { Hex } from "./bytes.ts";
import type { Case } from "./checks.ts";
import type { Step } from "./statement.ts";
import { PASSPORT, type Check, type Gap } from "./verdict.ts";

/** A canonical GS1 Digital Link of an item that says its batch (AI 01, 10, 21). */
const ITEM = /^(https:\/\/id\.gs1\.org\/01\/[0-9]{14}\/10\/[^/?#]+)\/21\/[^/?#]+$/;

/** There is a step, and no lot is made out of itself. */
export function checkSteps(steps: Map<Hex, Case>, anyListed: boolean): Check {
  const code = !anyListed ? "no-steps" : hasCircle(steps) ? "cycle" : "steps-ok";
  return { subject: PASSPORT, check: "steps", code, params: {} };
}

/** Input lots that no listed step makes, whole or in part; and so the product itself. */
export function gaps(steps: Map<Hex, Case>, subject: string): Gap[] {
  if (steps.size === 0) return [];
  const makes = makesOf(steps);
  const made = new Set(makes.flatMap(([, make]) => make.outputs));
  const inPart = new Set([...made].map(batchOfItem).filter((batch) => batch !== null));
  const isMade = (product: string): boolean =>
    made.has(product) || inPart.has(product) || made.has(batchOfItem(product) ?? "");
  // A model is made where a batch or an item of it is.
  const reached =
    isMade(subject) || [...made].some((product) => product.startsWith(`${subject}/`));
  const inputs = makes.flatMap(([step, make]) =>
    make.inputs.filter((product) => !isMade(product)).map((product) => ({ product, step })),
  );
  return reached ? inputs : [...inputs, { product: subject, step: null }];
}

/** The batch that an item's own identifier names, null for anything else. */
function batchOfItem(product: string): string | null {
  return ITEM.exec(product)?.[1] ?? null;
}

function makesOf(steps: Map<Hex, Case>): [Hex, Step][] {
  return [...steps].flatMap(([record, { statement }]): [Hex, Step][] =>
    statement.said.is === "step" && statement.said.kind === "make"
      ? [[record, statement.said]]
      : [],
  );
}

/** Whether what goes into a make also comes out of it, directly or through others. */
function hasCircle(steps: Map<Hex, Case>): boolean {
  // A make stands between its inputs and its outputs, so that edges are as few as lots.
  const before = new Map<string, Set<string>>();
  const after = new Map<string, Set<string>>();
  const link = (one: string, other: string): void => {
    for (const each of [one, other]) {
      if (!before.has(each)) before.set(each, new Set());
      if (!after.has(each)) after.set(each, new Set());
    }
    before.get(other)!.add(one);
    after.get(one)!.add(other);
  };
  for (const [record, make] of makesOf(steps)) {
    for (const lot of make.inputs) link(`lot ${lot}`, `make ${record}`);
    for (const lot of make.outputs) link(`make ${record}`, `lot ${lot}`);
  }
  const ready = [...before].filter(([, them]) => them.size === 0).map(([each]) => each);
  let done = 0;
  for (let each = ready.pop(); each !== undefined; each = ready.pop()) {
    done++;
    for (const next of after.get(each)!) {
      const left = before.get(next)!;
      left.delete(each);
      if (left.size === 0) ready.push(next);
    }
  }
  return done < before.size;
}
