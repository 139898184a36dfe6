/* What is used of solhint, which has no types of its own. */

declare module 'solhint/lib/rules/security/index.js' {
  import type { ASTNode } from '@solidity-parser/parser/dist/src/ast-types';

  type Tell = (node: ASTNode, rule: string, message: string) => void;
  type Reporter = { config: Record<string, never>; warn: Tell; error: Tell };
  type Config = {
    getStringFromArray: (rule: string) => string;
    getObjectPropertyBoolean: (rule: string, property: string) => boolean;
  };
  export type Checker = { ruleId: string };
  export default function createSecurityRules(reporter: Reporter, config: Config, text: string): Checker[];
}

declare module 'solhint/lib/tree-listener.js' {
  import type { ASTVisitor } from '@solidity-parser/parser/dist/src/ast-types';
  import type { Checker } from 'solhint/lib/rules/security/index.js';

  const TreeListener: new (checkers: Checker[]) => ASTVisitor;
  export default TreeListener;
}
