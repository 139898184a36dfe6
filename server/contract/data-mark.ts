/** What every block of data in a message begins with, for whoever need not read the block. */
export const dataMark = '[untrusted data ';
