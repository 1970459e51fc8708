// SPDX-License-Identifier: Apache-2.0
// Instants as records write them (docs/records.md, "Values"; RFC 3339): microseconds since
// 1970 UTC.

import { InputFault } from "./fault.ts";

const INSTANT =
  /^([0-9]{4})-([0-9]{2})-([0-9]{2})T([0-9]{2}):([0-9]{2}):([0-9]{2})(?:\.([0-9]{1,9}))?(?:Z|([+-])([0-9]{2}):([0-9]{2}))$/;
const DAYS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
/** The first instant of the year 1 and the first after the year 9999, in seconds. */
const FIRST = -62135596800n;
const AFTER = 253402300800n;

/** The instant cut to whole microseconds; instant-malformed. */
export function parseInstant(text: string): bigint {
  const instant = instantOf(INSTANT.exec(text));
  if (instant === null) {
    throw new InputFault("instant-malformed", "This is no RFC 3339 date-time with an offset.");
  }
  return instant;
}

function instantOf(match: RegExpExecArray | null): bigint | null {
  if (!match) return null;
  const [year, month, day, hour, minute, second] = match.slice(1, 7).map(Number);
  const days = daysOf(year!, month!, day!);
  const [offHour, offMinute] = [Number(match[9] ?? 0), Number(match[10] ?? 0)];
  if (days === null || hour! > 23 || minute! > 59 || second! > 59) return null;
  if (offHour > 23 || offMinute > 59) return null;
  const offset = (match[8] === "-" ? 1 : -1) * (offHour * 3600 + offMinute * 60);
  const seconds = BigInt(days * 86400 + hour! * 3600 + minute! * 60 + second! + offset);
  if (seconds < FIRST || seconds >= AFTER) return null;
  return seconds * 1_000_000n + BigInt((match[7] ?? "").padEnd(6, "0").slice(0, 6));
}

/** Days since 1970, null for what is no day of the calendar. */
function daysOf(year: number, month: number, day: number): number | null {
  if (year < 1 || month < 1 || month > 12) return null;
  const leap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
  if (day < 1 || day > DAYS[month - 1]! + (leap && month === 2 ? 1 : 0)) return null;
  return new Date(0).setUTCFullYear(year, month - 1, day) / 86_400_000;
}

/** `2026-03-01T07:00:00Z`: whole seconds since 1970 UTC as RFC 3339. */
export function formatInstant(seconds: bigint): string {
  return new Date(Number(seconds) * 1000).toISOString().replace(".000Z", "Z");
}
