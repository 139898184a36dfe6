/** An attached file, read for a model; only inside the hub. */
export type Attachment =
  | { kind: 'image'; name: string; mediaType: string; base64: string }
  | {
      kind: 'text';
      name: string;
      text: string;
      /** The file itself, as far as it can be read, where `text` is a part of it or has a note to the model. */
      whole?: { text: string; isCut: boolean };
    };
