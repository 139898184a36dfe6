/** An attached file, read for a model; only inside the hub. */
export type Attachment =
  | { kind: 'image'; id?: string; name: string; mediaType: string; base64: string }
  | {
      kind: 'text';
      /** Of the stored file; absent where tools may not have all of it, because a guard looked at its text. */
      id?: string;
      name: string;
      text: string;
      /** The file itself, as far as it can be read, where `text` is a part of it or has a note to the model. */
      whole?: { text: string; isCut: boolean };
    };
