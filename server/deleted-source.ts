/** The source of a conversation that is deleted, but for a run in a process that does not answer: nobody finds it any more. */
export const deletedSource = 'deleted';
