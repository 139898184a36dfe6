/** What a command is given by the program that runs it. */
export type CommandContext = {
  /** The project's folder. */
  root: string;
  /** The embedded database's thread. */
  workerFile: URL;
  /** What a new embedded database is a copy of, where there is one. */
  templateFolder?: string;
  /** The environment's variables. */
  variables: NodeJS.ProcessEnv;
  /** The result, for people and programs. */
  print: (line: string) => void;
  /** Progress and what went wrong, for people. */
  say: (line: string) => void;
};
