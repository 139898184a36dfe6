import type { AuditTopic } from '#server/contract/audit-topics.ts';
import { dropHidden } from './found.ts';
import type { Ask } from './split-asks.ts';

const topics: [AuditTopic, RegExp][] = [
  ['re-entrancy', /re-?entran\w*|重入/i],
  ['tx-origin', /tx\.?\s?origin/i],
  ['delegatecall', /delegate ?call|委托调用/i],
  ['self-destruct', /self-?destruct\w*|suicide|自毁/i],
  ['initialiser', /initiali[sz]\w*|初始化/i],
  ['upgrades', /upgrad\w*|升级/i],
  ['oracle', /oracle\w*|price manipulat\w*|manipulat\w+ the price|flash ?loans?|预言机|价格操纵|操纵价格|闪电贷/i],
  ['randomness', /random\w*|lotter\w+|随机/i],
  ['timestamp', /timestamps?|时间戳/i],
  ['signatures', /signatures?|ecrecover|replay\w*|签名|重放/i],
  ['front-running', /front-?run\w*|sandwich\w*|\bMEV\b|slippage|抢跑|三明治|夹子|滑点/i],
  ['first-deposit', /first deposit\w*|inflation attack|share inflation|首笔存款|首存|通胀攻击/i],
  ['arithmetic', /overflow\w*|underflow\w*|arithmetic|rounding|precision|溢出|下溢|算术|舍入|精度/i],
  [
    'unchecked-results',
    /unchecked (?:calls?|returns?|transfers?|results?|low-level)|return values?|ignored returns?|返回值|未检查/i,
  ],
  [
    'denial-of-service',
    /denial of service|\bdos\b|unbounded|out of gas|(?:get|be|become) (?:stuck|locked)|拒绝服务|卡死|锁死|无限循环/i,
  ],
  [
    'owner-powers',
    /\b(?:owner|admin\w*|deployer)\b.{0,40}\b(?:can|could|may|steal|drain|withdraw|take|rug|power\w*|control\w*)\b|\b(?:can|could|may)\b.{0,20}\b(?:owner|admin\w*|deployer)\b|\brug|centrali[sz]\w*|(?:所有者|管理员|拥有者|部署者).{0,12}(?:能|可以|权|控制|提走|转走|卷)|跑路|中心化/i,
  ],
  [
    'access-control',
    /access control|permissions?|unprotected|\b(?:anybody|anyone|any(?:one)? else|strangers?)\b|authori[sz]\w*|权限|访问控制|任何人|谁都/i,
  ],
  [
    'gas',
    /\b(?:save|saving|reduce|optimi[sz]\w*|waste\w*)\b.{0,20}\bgas\b|\bgas\b.{0,20}\b(?:saving|optimi[sz]\w*|hints?|waste)|(?:省|节省|浪费|优化).{0,6}gas|gas.{0,6}优化/i,
  ],
  ['critical', /\bcritical\b|致命|严重(?:级别)?的?(?:漏洞|发现|问题)?.{0,4}(?:几|多少|有哪些|吗)/i],
  ['high', /\bhigh[- ](?:severity|risk)\b|高危/i],
];
const wholeReport =
  /\b(?:full|whole|complete|entire|all)\b.{0,20}\b(?:report|audit|findings?|list)\b|\beverything\b|完整|全部|所有(?:的)?(?:发现|问题|漏洞)|整份/i;

/** The one matter that is asked of a contract; null where all of it is, or several. */
export function readAuditTopic({ words }: Pick<Ask, 'words'>): AuditTopic | null {
  const text = dropHidden(words);
  if (wholeReport.test(text)) return null;
  const asked = topics.filter(([, pattern]) => pattern.test(text)).map(([topic]) => topic);
  const [first, second] = asked;
  return first === undefined || (second !== undefined && asked.length > 2) ? null : first;
}
