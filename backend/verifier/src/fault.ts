// SPDX-License-Identifier: Apache-2.0
/** What is wrong with an input: a permanent code, and a sentence for people. */
export class InputFault extends Error {
  readonly code: string;

  constructor(code: string, message: string) {
    super(message);
    this.code = code;
  }
}
