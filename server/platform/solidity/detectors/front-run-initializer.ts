import type { Detector } from '#server/platform/solidity/detector.ts';
import { isRestricted } from '#server/platform/solidity/guards.ts';
import { findModifier, listEntries } from '#server/platform/solidity/source-model.ts';
import { findAll, nameOfCall } from '#server/platform/solidity/syntax.ts';
import { isInitializer, isOnce, writesAuthority } from '#server/platform/solidity/initializer.ts';

export const frontRunInitializer: Detector = {
  id: 'front-run-initializer',
  weaknesses: ['SWC-114', 'SCWE-098', 'SCWE-092'],
  severity: 'medium',
  confidence: 'medium',
  title: { en: 'The first to call the initialiser owns the contract', zh: '最先调用初始化函数者即为所有者' },
  why: {
    en: 'Between deployment and initialisation anybody can be first. Of code behind a proxy, the implementation itself stays open.',
    zh: '在部署与初始化之间，任何人都可能抢先调用；对于代理后面的实现合约，它本身一直处于未初始化状态。',
  },
  advice: {
    en: 'Initialise in the deployment’s own transaction, and close the implementation in its constructor (_disableInitializers).',
    zh: '在部署交易中完成初始化，并在实现合约的构造函数中关闭初始化（_disableInitializers）。',
  },
  find: (audited) =>
    listEntries(audited).flatMap((one) => {
      const modifiers = one.node.modifiers.filter(
        ({ name }) => !/initializ/i.test(name) || findModifier(one.contract, name),
      );
      if (!isInitializer(one) || !writesAuthority(one) || !isOnce(one)) return [];
      if (isRestricted({ ...one, node: { ...one.node, modifiers } })) return [];
      const isClosed = one.contract.lineage
        .flatMap(({ functions }) => functions)
        .filter(({ node }) => node.isConstructor)
        .some(
          ({ node }) =>
            findAll(node.body, 'FunctionCall').some((call) => /disableInit/.test(nameOfCall(call))) ||
            setsFlag(node.body) ||
            node.modifiers.some(({ name }) => /initializ/i.test(name)),
        );
      return isClosed ? [] : [{ node: one.node, in: one }];
    }),
};

/** A constructor that says by itself that all is done. */
const setsFlag = (body: Parameters<typeof findAll>[0]) =>
  findAll(body, 'BinaryOperation').some(
    ({ operator, left, right }) =>
      operator === '=' &&
      left.type === 'Identifier' &&
      /init/i.test(left.name) &&
      right.type === 'BooleanLiteral' &&
      right.value,
  );
