import type { Detector } from './found-text.ts';
import { foldText } from './fold-text.ts';

const own =
  '(?:(?:all|any|every|each|of|the|these|those|your|my|our|previous|prior|preceding|above|earlier|former|initial|original|existing|current|system|safety|hidden|secret) ){0,6}';
const orders =
  '(?:instructions?|prompts?|rules?|guidelines?|directives?|directions|messages?|constraints|programming|polic(?:y|ies)|restrictions?|filters?)';
const drop = '(?:ignore|disregard|forget|override|bypass|neglect|discard|drop|skip|circumvent)';
const older = '(?:previous|prior|preceding|above|earlier|former|initial|original|existing|system|your|safety|all)';

/**
 * Known attempts to talk a model out of its instructions, over folded text. A guard of patterns is a fence against what is
 * common, not against everything; that data gives no orders is said to the model besides.
 */
const patterns: RegExp[] = [
  new RegExp(`\\b${drop} (?=(?:\\w+ ){0,5}?${older}\\b)${own}${orders}\\b`, 'g'),
  new RegExp(
    `\\b${drop} (?:everything|anything|all) (?:that )?(?:(?:was|i|you|we|is|were|have|been) ){0,4}(?:said|told|written|above|before|instructed)\\b`,
    'g',
  ),
  /\byou are (?:now )?(?:dan|stan|dude|aim|evil ?bot|jailbroken|unrestricted|unfiltered|uncensored)\b/g,
  /\bdo anything now\b|\b(?:dan|developer|god|sudo|jailbreak|unrestricted) mode\b(?= (?:is )?(?:on|enabled|activated|now|engaged)|[.!,:;]|$)|\b(?:enter|enable|activate|switch to|turn on) (?:the |your )?(?:dan|developer|god|sudo|jailbreak|unrestricted) mode\b/g,
  /\b(?:act|behave|respond|answer|pretend|roleplay|role-play|speak) (?:\w+ ){0,6}(?:without|with no|that has no|you have no|had no|free of) (?:any |your |ethical |moral |safety |content ){0,4}(?:restrictions?|rules|filters?|limits|limitations|guidelines|censorship|ethics|morals)\b/g,
  new RegExp(
    `\\b(?:reveal|show|print|repeat|output|display|tell me|give me|write out|leak|expose|recite|dump) (?:me )?(?:verbatim )?(?=(?:\\w+ ){0,5}?(?:your|system|hidden|initial|secret|above)\\b)${own}(?:instructions?|prompts?|system message|configuration)\\b`,
    'g',
  ),
  /\bwhat (?:is|are|was|were) your (?:(?:exact|full|original|initial|hidden|secret) ){0,3}(?:system (?:prompt|message|instructions)|initial instructions)\b/g,
  /<\|(?:im_start|im_end|system|endoftext|start_header_id)\|>|\[\/?inst\]|<<\/?sys>>|(?:^| )#{2,4} ?(?:system|new instructions?) ?:/g,
  /\b(?:new|updated|real|actual) (?:system )?instructions? ?: |\bsystem (?:override|prompt) ?: /g,
  /(?:忽略|无视|忘记|忘掉|忘了|不要理会|不用管|抛开|绕过|跳过|覆盖)(?:掉|了)?(?:你|您|我)?(?:的|所有|全部|一切|任何|之前|以前|先前|以上|上面|前面|上述|此前|原来|原有|系统|安全|给你|过|这些|那些| ){1,8}(?:指令|指示|提示词?|规则|要求|设定|设置|限制|约束|命令|内容|准则)/g,
  /(?:输出|显示|告诉我|说出|打印|复述|重复|泄露|公开|给我看?)(?:一下)?(?:你|您)?(?:的|完整|全部|原始|初始|隐藏|所有| ){0,5}(?:系统提示词?|系统指令|系统消息|初始指令|隐藏指令|系统设定|提示词原文)/g,
  /(?:进入|开启|启用|打开|切换到|激活)(?:了)?(?:你的)?(?:dan|开发者|越狱|无限制|上帝|不受限)(?:的)?模式/g,
  /(?:你现在是|扮演|假装|假设)(?:一个|你是|你)?(?:没有|不受|毫无|无)(?:任何|一切|道德|内容|安全|的){0,3}(?:限制|约束|规则|审查|过滤)/g,
];

/** Finds known attempts to talk an agent out of its instructions, English and Chinese. */
export function createJailbreakDetector(): Detector {
  return {
    find: (text) => {
      const { text: folded, places } = foldText(text);
      return patterns.flatMap((pattern) =>
        [...folded.matchAll(pattern)].map(({ 0: { length }, index }) => ({
          start: places[index] ?? 0,
          end: places[index + length] ?? text.length,
          what: 'jailbreak',
        })),
      );
    },
    // It looks at what comes in only, which is whole.
    findOpen: () => 0,
  };
}
