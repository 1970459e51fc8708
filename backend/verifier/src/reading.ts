// SPDX-License-Identifier: Apache-2.0
// Reading members out of a parsed record, with one kind of fault: record-schema.

import { Decimal, type Json, type JsonObject } from "./encoding.ts";
import { InputFault } from "./fault.ts";

/** A JSON object of a record. Every method throws record-schema. */
export class Node {
  readonly value: JsonObject;

  constructor(value: JsonObject) {
    this.value = value;
  }

  has(name: string): boolean {
    return this.value.has(name);
  }

  text(name: string): string {
    const value = this.value.get(name);
    if (typeof value !== "string") throw wrong(name, "a text");
    return value;
  }

  maybeText(name: string): string | null {
    return this.has(name) ? this.text(name) : null;
  }

  checkNumber(name: string): void {
    const value = this.value.get(name);
    if (typeof value !== "number" && !(value instanceof Decimal)) throw wrong(name, "a number");
  }

  node(name: string): Node {
    const value = this.value.get(name);
    if (!(value instanceof Map)) throw wrong(name, "an object");
    return new Node(value);
  }

  maybeNode(name: string): Node | null {
    return this.has(name) ? this.node(name) : null;
  }

  nodes(name: string): Node[] {
    return this.list(name, (item): item is JsonObject => item instanceof Map).map(
      (item) => new Node(item),
    );
  }

  maybeNodes(name: string): Node[] {
    return this.has(name) ? this.nodes(name) : [];
  }

  texts(name: string): string[] {
    return this.list(name, (item): item is string => typeof item === "string");
  }

  private list<T extends Json>(name: string, fits: (item: Json) => item is T): T[] {
    const value = this.value.get(name);
    if (!Array.isArray(value) || !value.every(fits)) throw wrong(name, "a list of its kind");
    return value;
  }
}

function wrong(name: string, kind: string): InputFault {
  return new InputFault("record-schema", `${name} must be ${kind}.`);
}
