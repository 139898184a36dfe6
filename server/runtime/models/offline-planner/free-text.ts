const leads = [
  /^(?:hi|hello|hey|你好)[,，!！. ]+/i,
  /^(?:please|pls|kindly|请|麻烦[你您]?)\s*/i,
  /^(?:can|could|would|will)\s+you\s+(?:please\s+)?/i,
  /^(?:i(?:'d| would)?\s+(?:want|like|need)\s+(?:you\s+)?(?:to\s+)?|我想要?|我要|我需要|[你您]?能不能|可以|帮我|给我|为我|替我)\s*/i,
];
const imageLead =
  /^(?:(?:generate|create|make|draw|paint|sketch|design|render|produce|show)\s+(?:me\s+)?)?(?:an?\s+|the\s+|some\s+)?(?:(?:image|picture|photo|illustration|drawing|painting)s?\s+)(?:of|with|showing|that shows|for)\s+/i;
const drawLead = /^(?:draw|paint|sketch|generate|create|make|design|render)\s+(?:me\s+)?/i;
const chineseImageLead = /^(?:请?(?:生成|画|绘制|制作|创建|设计)(?:出|一下)?)\s*/;
const searchLead =
  /^(?:search(?:\s+(?:the\s+web|online|the\s+knowledge(?:\s+base)?))?(?:\s+for)?|look\s+up|find(?:\s+me)?|google|搜索一?下?|搜一下|查找|查询|查一下|检索)[:：]?\s*/i;

/** The person's own words without "please" and without the order itself, for a parameter that takes words. */
export function toFreeText(text: string, parameter: string): string {
  let left = text.trim();
  for (let before = ''; before !== left;) {
    before = left;
    for (const lead of leads) left = left.replace(lead, '');
  }
  const isSearch = /query|search|question|keyword|topic|^q$/i.test(parameter);
  const isPrompt = /prompt|description/i.test(parameter);
  if (isSearch) left = left.replace(searchLead, '');
  if (isPrompt)
    left = imageLead.test(left)
      ? left.replace(imageLead, '')
      : left.replace(drawLead, '').replace(chineseImageLead, '');
  left = left
    .replace(/^[:：,，]\s*/, '')
    .replace(isSearch ? /\s+$/ : /[.。!！]\s*$/, '')
    .trim();
  return left === '' ? text.trim() : left;
}
