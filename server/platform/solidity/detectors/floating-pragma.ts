import type { Detector, Hit } from '#server/platform/solidity/detector.ts';
import { replaceNode } from '#server/platform/solidity/edit-source.ts';

const noPragma = { en: 'No pragma says which one.', zh: '没有 pragma 指定版本。' };

export const floatingPragma: Detector = {
  id: 'floating-pragma',
  weaknesses: ['SWC-103', 'SCWE-060'],
  severity: 'low',
  confidence: 'high',
  title: { en: 'The compiler’s version is left open', zh: '编译器版本未锁定' },
  why: {
    en: 'What is deployed may be compiled by another version than the one that was tested.',
    zh: '部署时所用的编译器版本可能与测试时不同。',
  },
  advice: {
    en: 'Name one version in what is deployed; libraries may leave it open.',
    zh: '在要部署的合约中固定一个版本；库可以不固定。',
  },
  find: ({ files }) =>
    files.flatMap((file): Hit[] => {
      const isDeployed = file.unit.children.some(
        (child) => child.type === 'ContractDefinition' && child.kind === 'contract',
      );
      if (!isDeployed) return [];
      const says = file.unit.children.some((node) => node.type === 'PragmaDirective' && node.name === 'solidity');
      if (!says) {
        const [contract] = file.unit.children.filter((child) => child.type === 'ContractDefinition');
        return contract === undefined ? [] : [{ node: contract, in: file, detail: noPragma }];
      }
      return file.unit.children.flatMap((node) => {
        if (node.type !== 'PragmaDirective' || node.name !== 'solidity' || !/[\^><~*]/.test(node.value)) return [];
        const isModern = /^[\^~]\s*0\.8\.\d+$/.test(node.value.trim());
        return [{ node, in: file, ...(isModern ? { edits: [replaceNode(node, 'pragma solidity 0.8.37;')] } : {}) }];
      });
    }),
};
