import type { FindingConfidence, FindingSeverity } from '#server/contract/contract-audit.ts';
import type { LocalizedText } from '#server/contract/localized-text.ts';
import type { Effect } from './effects.ts';
import type { ContractSource, FunctionSource, SourceFile, SourceModel } from './source-model.ts';
import type { Node } from './syntax.ts';

/** A change of a file's text; `end` is the first character that stays. */
export type Edit = { start: number; end: number; text: string };

/** A place where a detector found its weakness. */
export type Hit = {
  node: Node;
  in: FunctionSource | ContractSource | SourceFile;
  /** What is particular here, where the detector's own words do not say it. */
  detail?: LocalizedText;
  severity?: FindingSeverity;
  confidence?: FindingConfidence;
  /** What would mend it, where that can be written down. */
  edits?: Edit[];
};

/** What detectors look at. Nothing is kept between two sources. */
export type Audited = SourceModel & { effectsOf: (one: FunctionSource) => Effect[] };

/** Finds one kind of weakness. One file each; pure. */
export type Detector = {
  id: string;
  /** Its numbers in the Smart Contract Weakness Classification and OWASP's enumeration. */
  weaknesses: string[];
  severity: FindingSeverity;
  confidence: FindingConfidence;
  title: LocalizedText;
  /** What can happen. */
  why: LocalizedText;
  /** What to do. */
  advice: LocalizedText;
  find: (audited: Audited) => Hit[];
};
