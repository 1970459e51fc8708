// SPDX-License-Identifier: Apache-2.0
// Links from a record to records and files (docs/records.md, "Links").

import type { Hex } from "./bytes.ts";
import type { Json, JsonObject } from "./encoding.ts";
import { InputFault } from "./fault.ts";
import { parseDigestMultibase, parseNi } from "./ids.ts";
import { Node } from "./reading.ts";

const LINK_TYPES = ["step", "claim", "input", "document"] as const;
export type LinkType = (typeof LINK_TYPES)[number];

/** A link whose target is known by its SHA-256: a record or a file. */
export interface RecordLink {
  kind: LinkType;
  digest: Hex;
  name: string;
  mediaType: string | null;
}

/** The links in credentialSubject that name their target's digest, each (kind, target) once. */
export function linksOf(payload: JsonObject): RecordLink[] {
  const found = new Map<string, RecordLink>();
  for (const link of collect(payload.get("credentialSubject") ?? null, [])) {
    const [url, mediaType] = [link.text("linkURL"), link.maybeText("mediaType")];
    const [multibase, kind] = [link.maybeText("digestMultibase"), link.maybeText("linkType")];
    const target = targetOf(url, multibase, kind);
    if (target === null) continue;
    const name = link.maybeText("linkName") || url;
    const key = `${target.kind} ${target.digest}`;
    if (!found.has(key)) found.set(key, { ...target, name, mediaType });
  }
  return [...found.values()];
}

/** The id of the record that this one replaces, null if it replaces none. */
export function predecessorOf(payload: JsonObject): Hex | null {
  const link = new Node(payload).maybeNode("predecessor");
  if (link === null) return null;
  return ownDigest(link.text("linkURL"), link.maybeText("digestMultibase"));
}

function targetOf(
  url: string,
  multibase: string | null,
  kind: string | null,
): { kind: LinkType; digest: Hex } | null {
  if (!url.toLowerCase().startsWith("ni:")) {
    const digest = parseDigestMultibase(multibase ?? "");
    return digest === null ? null : { kind: "document", digest };
  }
  const known = LINK_TYPES.find((each) => each === kind);
  if (known === undefined) {
    throw new InputFault("record-schema", `linkType must be one of ${LINK_TYPES.join(", ")}.`);
  }
  return { kind: known, digest: ownDigest(url, multibase) };
}

function ownDigest(url: string, multibase: string | null): Hex {
  const digest = parseNi(url);
  if (parseDigestMultibase(multibase ?? "") !== digest) {
    throw new InputFault(
      "link-digest-mismatch",
      "linkURL and digestMultibase do not name the same digest.",
    );
  }
  return digest;
}

/** Every object with a linkURL, in the order of the text, added to `found`. */
function collect(value: Json, found: Node[]): Node[] {
  if (value instanceof Map) {
    if (value.has("linkURL")) found.push(new Node(value));
    for (const item of value.values()) collect(item, found);
  } else if (Array.isArray(value)) {
    for (const item of value) collect(item, found);
  }
  return found;
}
