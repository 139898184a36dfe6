/** A fact that an agent remembers. */
export type Fact = { id: string; text: string; createdAt: Date };

/**
 * What a run may know and keep. `kind` says of whom: of the run's person, or what the agent's owner keeps for everybody.
 *
 * `write` is null for a run that only reads.
 */
export type RunMemory = {
  kind: 'person' | 'agent';
  /** Oldest first. */
  facts: Fact[];
  write: {
    /**
     * Keeps a fact; one that is known already stays as it is.
     *
     * @param replaces - the fact that it is put in the place of
     * @throws {HubError} `conflict`, when nothing may make room for it
     */
    keep: (text: string, replaces: string | null) => Promise<{ id: string; isNew: boolean }>;
    forget: (id: string) => Promise<void>;
  } | null;
};
