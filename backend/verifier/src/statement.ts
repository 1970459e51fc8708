// SPDX-License-Identifier: Apache-2.0
// What a record says, as far as a verdict needs it, and the members that it must have to be
// read at all (docs/records.md). It asks for nothing else: no schema was enforced on what comes.

import type { Hex } from "./bytes.ts";
import type { JsonObject } from "./encoding.ts";
import { InputFault } from "./fault.ts";
import { linksOf, predecessorOf, type RecordLink } from "./links.ts";
import { Node } from "./reading.ts";
import { parseInstant } from "./times.ts";

export type Capacity = "producer" | "certifier" | "association" | "auditor" | "importer";

export interface Step {
  is: "step";
  kind: "make" | "move" | "modify";
  /** The claimed instant, microseconds since 1970. */
  date: bigint;
  /** Product ids. */
  inputs: string[];
  outputs: string[];
}
export interface Claim {
  is: "claim";
  selfDeclared: boolean;
}
export interface OwnProduct {
  is: "product";
}
export interface Identity {
  is: "identity";
  registeredName: string;
}
export type Said = Step | Claim | OwnProduct | Identity;

/** `subject` is the id of the credentialSubject, which a reissue keeps. */
export interface Statement {
  type: RecordType;
  issuerName: string;
  name: string;
  capacity: Capacity | null;
  subject: string;
  said: Said;
  predecessor: Hex | null;
  links: RecordLink[];
}

type Read = [subject: string, said: Said];
interface RecordKind {
  read: (root: Node) => Read;
  capacity: Capacity;
  importable: boolean;
}

const RECORDS = {
  DigitalProductPassport: { read: readProduct, capacity: "producer", importable: false },
  DigitalTraceabilityEvent: { read: readStep, capacity: "producer", importable: true },
  DigitalConformityCredential: { read: readClaim, capacity: "certifier", importable: false },
  DigitalIdentityAnchor: { read: readIdentity, capacity: "association", importable: false },
  ProductStatement: { read: readProduct, capacity: "producer", importable: true },
} as const satisfies Record<string, RecordKind>;

export type RecordType = keyof typeof RECORDS;
export const RECORD_TYPES = Object.keys(RECORDS) as RecordType[];

/** What a signed payload says; throws InputFault and nothing else. */
export function statementOf(payload: JsonObject): Statement {
  const type = recordType(payload);
  const kind: RecordKind = RECORDS[type];
  const root = new Node(payload);
  const [subject, said] = kind.read(root);
  const [issuer, statedBy] = [root.node("issuer"), root.maybeNode("statedBy")];
  root.text("id");
  issuer.text("id");
  const [issuerName, name] = [issuer.text("name"), root.text("name")];
  parseInstant(root.text("validFrom"));
  if (root.has("validUntil")) parseInstant(root.text("validUntil"));
  statedBy?.text("id");
  statedBy?.maybeText("name");
  return {
    type,
    issuerName,
    name,
    capacity: capacityOf(kind, said, statedBy !== null),
    subject,
    said,
    predecessor: predecessorOf(payload),
    links: linksOf(payload),
  };
}

function recordType(payload: JsonObject): RecordType {
  const types = payload.get("type");
  const names = Array.isArray(types) ? types : [];
  const [known, ...others] = RECORD_TYPES.filter((type) => names.includes(type));
  if (known === undefined || others.length > 0 || !names.includes("VerifiableCredential")) {
    throw new InputFault("record-type", "type must name exactly one known type of record.");
  }
  return known;
}

/** The role that may say such a thing, null if none may (docs/records.md, "Made by"). */
function capacityOf(kind: RecordKind, said: Said, imported: boolean): Capacity | null {
  if (imported) return kind.importable ? "importer" : null;
  return said.is === "claim" && said.selfDeclared ? "producer" : kind.capacity;
}

function readStep(root: Node): Read {
  const events = root.nodes("credentialSubject");
  const event = events[0];
  if (event === undefined || events.length !== 1) {
    throw new InputFault("record-schema", "credentialSubject must hold exactly one event.");
  }
  const kind = stepKind(event);
  const date = parseInstant(event.text("eventDate"));
  const { inputs, outputs } = GOODS[kind](event);
  const subject = event.text("id");
  event.text("name");
  checkClassified(event.node("activityType"));
  event.maybeNodes("relatedParty").forEach(checkPartyInRole);
  event.maybeText("description");
  return [subject, { is: "step", kind, date, inputs, outputs }];
}

const STEP_KINDS = { MakeEvent: "make", MoveEvent: "move", ModifyEvent: "modify" } as const;

function stepKind(event: Node): Step["kind"] {
  const named = event.texts("type");
  const found = Object.entries(STEP_KINDS).filter(([name]) => named.includes(name));
  if (found.length !== 1) {
    throw new InputFault("record-schema", "An event must name exactly one kind of step.");
  }
  return found[0]![1];
}

interface Goods {
  inputs: string[];
  outputs: string[];
}
const GOODS: Record<Step["kind"], (event: Node) => Goods> = {
  make(event) {
    checkPlace(event.node("madeAtFacility"));
    return { inputs: goods(event, "inputProduct"), outputs: goods(event, "outputProduct") };
  },
  move(event) {
    const moved = goods(event, "movedProduct");
    checkPlace(event.node("fromFacility"));
    checkPlace(event.node("toFacility"));
    return { inputs: moved, outputs: moved };
  },
  modify(event) {
    const modified = goods(event, "modifiedProduct");
    checkPlace(event.node("modifiedAtFacility"));
    return { inputs: modified, outputs: modified };
  },
};

function goods(event: Node, name: string): string[] {
  return event.nodes(name).map((node) => {
    const [product, quantity] = [node.node("product"), node.maybeNode("quantity")];
    const id = product.text("id");
    product.text("name");
    product.maybeText("idGranularity");
    quantity?.checkNumber("value");
    quantity?.text("unit");
    return id;
  });
}

function checkPlace(node: Node): void {
  const address = node.maybeNode("address");
  const country = node.maybeNode("countryOfOperation") ?? address?.maybeNode("addressCountry");
  checkNamed(node);
  country?.maybeText("countryCode");
  for (const name of ["streetAddress", "postalCode", "addressLocality", "addressRegion"]) {
    address?.maybeText(name);
  }
}

function checkClassified(node: Node): void {
  ["schemeId", "schemeName", "code", "name"].forEach((name) => node.text(name));
}

function checkNamed(node: Node): string {
  node.text("name");
  return node.text("id");
}

function checkPartyInRole(node: Node): void {
  node.text("role");
  checkNamed(node.node("party"));
}

function readClaim(root: Node): Read {
  const subject = root.node("credentialSubject");
  const assessments = subject.maybeNodes("conformityAssessment");
  const party = checkNamed(subject.node("issuedToParty"));
  const attestation = checkNamed(subject);
  const issuer = root.node("issuer").text("id");
  const words = `${subject.text("assessorLevel")} ${subject.text("attestationType")}`;
  const selfDeclared = words === "self declaration" && party === issuer;
  checkNamed(subject.node("referenceScheme"));
  subject.maybeText("certificateNumber");
  for (const each of assessments) {
    each.nodes("assessmentCriteria").forEach(checkNamed);
    each.maybeNodes("assessedProduct").forEach((node) => checkNamed(node.node("product")));
    each.maybeNodes("assessedFacility").forEach((node) => checkNamed(node.node("facility")));
  }
  return [attestation, { is: "claim", selfDeclared }];
}

function readProduct(root: Node): Read {
  const subject = root.node("credentialSubject");
  const product = checkNamed(subject);
  for (const name of PRODUCT_TEXTS) subject.maybeText(name);
  const [scheme, place] = [subject.maybeNode("idScheme"), subject.maybeNode("producedAtFacility")];
  if (scheme) checkNamed(scheme);
  if (place) checkPlace(place);
  subject.maybeNode("countryOfProduction")?.text("countryCode");
  subject.maybeNodes("productCategory").forEach(checkClassified);
  subject.maybeNodes("materialProvenance").forEach(checkIngredient);
  subject.maybeNodes("relatedParty").forEach(checkPartyInRole);
  return [product, { is: "product" }];
}

const PRODUCT_TEXTS = [
  "idGranularity", "description", "modelNumber", "batchNumber", "itemNumber", "productionDate",
];

function checkIngredient(node: Node): void {
  node.text("name");
  node.node("originCountry").text("countryCode");
  checkClassified(node.node("materialType"));
  node.checkNumber("massFraction");
  if (node.has("recycledMassFraction")) node.checkNumber("recycledMassFraction");
}

function readIdentity(root: Node): Read {
  const subject = root.node("credentialSubject");
  const [did, registeredName] = [subject.text("id"), subject.text("registeredName")];
  subject.text("registeredId");
  checkNamed(subject.node("idScheme"));
  subject.text("registerType");
  return [did, { is: "identity", registeredName }];
}
