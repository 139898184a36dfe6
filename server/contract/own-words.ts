/** What schemas say in words of their own of a value that they refuse, in Chinese; a test knows that none is missing. */
export const ownWordsInChinese: Readonly<Record<string, string>> = {
  'A conversation is temporary from its first message on, or not at all.':
    '对话须从第一条消息起就是临时的，否则不能是临时的。',
  'A description may have 20 MB.': '接口描述最多 20 MB。',
  'A part is applied or discarded, not both.': '每一部分只能采用或放弃，不能两者兼有。',
  'A stored conversation has its messages already: send "input" with "conversationId".':
    '已保存的对话已有其消息：请用 "conversationId" 发送 "input"。',
  'Arguments are edited only to approve the call.': '只有批准调用时才能修改参数。',
  'At most 20 languages.': '最多 20 种语言。',
  'Choose at least one.': '请至少选择一项。',
  'Each field needs a name of its own.': '每个字段都需要不同的名称。',
  'Each widget needs an id of its own.': '每个组件都需要不同的 id。',
  'Each option must be different.': '各选项不能相同。',
  'Give either "input" or "messages".': '请提供 "input" 或 "messages" 之一。',
  'Give files, or a chain and an address.': '请提供文件，或提供链和地址。',
  'Give the agent a name.': '请为智能体命名。',
  'Give the toolset a name.': '请为工具集命名。',
  'Give the trigger a name.': '请为触发器命名。',
  'Name at least one site that may show the agent.': '请至少填写一个可以显示该智能体的网站。',
  'Name at least one word or phrase.': '请至少填写一个词或短语。',
  'Name each column once.': '每一列只能出现一次。',
  'Name each parameter once.': '每个参数只能出现一次。',
  'Name each tool once.': '每个工具只能出现一次。',
  'Say how many answers visitors may get in a month.': '请填写访客每月可获得的回答次数。',
  'Say what must hold of the answer.': '请填写回答须满足的条件。',
  'Say what visitors may cost in a month.': '请填写访客每月可产生的费用。',
  'Send "input" or "messages", or "parentMessageId" to have that message answered again.':
    '请发送 "input" 或 "messages"；要重新回答某条消息，请发送 "parentMessageId"。',
  'Send "input", or "again" to have the last message answered once more.':
    '请发送 "input"；要重新回答最后一条消息，请发送 "again"。',
  'Send "nextCursor" of the page before, unchanged.': '请原样发送上一页的 "nextCursor"。',
  'Send a text, a number, true or false, or a list of texts.': '请发送文本、数字、true 或 false，或文本列表。',
  'Send at least one of "title", "answeredBy", "pinned", "archived", "folder" and "leafMessageId".':
    '请至少发送 "title"、"answeredBy"、"pinned"、"archived"、"folder" 与 "leafMessageId" 之一。',
  'Send either "query" or "execution".': '请发送 "query" 或 "execution" 之一。',
  'Send either "text" or "url".': '请发送 "text" 或 "url" 之一。',
  'Send either "url" or "command".': '请发送 "url" 或 "command" 之一。',
  'Send either "values" or "declined": true.': '请发送 "values" 或 "declined": true 之一。',
  'Send exactly one of "schedule" and "webhook".': '请发送 "schedule" 与 "webhook" 中的一个。',
  'Send the "conversationId" that the message belongs to.': '请发送该消息所属的 "conversationId"。',
  'Send the number of a version, or "draft".': '请发送版本号或 "draft"。',
  'Send the tag of a language, such as "en" or "zh-CN", or "auto".':
    '请发送语言标签（例如 "en" 或 "zh-CN"）或 "auto"。',
  'The last message must be the person\'s (role "user").': '最后一条消息须来自用户（角色 "user"）。',
  'The message has its files already.': '该消息已有其文件。',
  'This is not a regular expression.': '这不是正则表达式。',
  'This is not the name of a header.': '这不是请求头的名称。',
  'Use letters, digits and hyphens.': '请使用字母、数字和连字符。',
  'Use at least 10 characters.': '请至少使用 10 个字符。',
  'Use letters, digits and underscores, starting with a small letter.': '请使用字母、数字和下划线，以小写字母开头。',
  'Use letters, digits, underscores and hyphens.': '请使用字母、数字、下划线和连字符。',
  'Use small letters, digits and single hyphens, such as "base-sepolia".':
    '请使用小写字母、数字和单个连字符，例如 "base-sepolia"。',
  'Use small letters, digits and single hyphens, such as "price-feed".':
    '请使用小写字母、数字和单个连字符，例如 "price-feed"。',
  'Use small letters, digits and single hyphens, such as "token-analyst".':
    '请使用小写字母、数字和单个连字符，例如 "token-analyst"。',
  'Use small letters, digits and underscores, starting with a letter.': '请使用小写字母、数字和下划线，以字母开头。',
  'Write a colour as "#0b6457".': '请按 "#0b6457" 的形式填写颜色。',
  'Write a model as "provider/model", such as "openai/gpt-5-mini".':
    '请按 "provider/model" 的形式填写模型，例如 "openai/gpt-5-mini"。',
  'Write a site as "https://example.org", "https://*.example.org" or "http://localhost:8080", without a path.':
    '请填写网站，例如 "https://example.org"、"https://*.example.org" 或 "http://localhost:8080"，不含路径。',
  'Write a time zone of the IANA list, such as "Europe/Berlin".': '请填写 IANA 列表中的时区，例如 "Europe/Berlin"。',
  'Write a tool as "calculator" or "toolset/tool".': '请按 "calculator" 或 "toolset/tool" 的形式填写工具。',
  'Write a whole address, such as "https://api.example.org/v1".':
    '请填写完整的地址，例如 "https://api.example.org/v1"。',
  'Write five fields (minute, hour, day, month, weekday), such as "0 9 * * 1-5", or a name such as "@daily".':
    '请填写五个字段（分、时、日、月、星期），例如 "0 9 * * 1-5"，或 "@daily" 之类的名称。',
  'Write the secret.': '请填写密钥。',
  'Write what is to be remembered.': '请填写要记住的内容。',
  'Write what the agent is sent.': '请填写发送给智能体的内容。',
  'Write 0x and 40 hexadecimal digits.': '请填写 0x 和 40 位十六进制数字。',
  'Send either "sql" or "query".': '请发送 "sql" 或 "query" 之一。',
  'Write "column asc" or "column desc".': '请按 "column asc" 或 "column desc" 的形式填写。',
  'Choose a type such as VARCHAR, BIGINT, HUGEINT, DOUBLE, DECIMAL(38,18), BOOLEAN, DATE or TIMESTAMP.':
    '请选择一种类型，例如 VARCHAR、BIGINT、HUGEINT、DOUBLE、DECIMAL(38,18)、BOOLEAN、DATE 或 TIMESTAMP。',
  'Use small letters, digits and "_", beginning with a letter.': '请使用小写字母、数字和 "_"，以字母开头。',
  'Leave out { and }.': '请去掉 { 和 }。',
  'A plain path, such as "contracts/Token.sol".': '请填写普通路径，例如 "contracts/Token.sol"。',
};
