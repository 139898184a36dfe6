import { HubError } from '#server/hub-error.ts';

export const notOnHub = (reference: string) =>
  new HubError('not_found', {
    en: `There is no agent "${reference.slice(0, 64)}" that you can see.`,
    zh: `没有您能看到的智能体“${reference.slice(0, 64)}”。`,
  });

export const reviewNotFound = (id: string) =>
  new HubError('not_found', { en: `There is no review "${id.slice(0, 64)}".`, zh: `没有评价“${id.slice(0, 64)}”。` });

export const noReviewOfYours = () =>
  new HubError('not_found', { en: 'You have not reviewed this agent.', zh: '您还没有评价过此智能体。' });

export const ownAgent = (what: 'review' | 'report') =>
  new HubError('forbidden', {
    en: `This agent is your own: others ${what} it.`,
    zh: `此智能体是您自己的：应由他人${what === 'review' ? '评价' : '举报'}。`,
  });

export const reviewWithoutUse = () =>
  new HubError('forbidden', {
    en: 'Only people who used this agent review it. Finish a run with it first.',
    zh: '只有使用过此智能体的人才能评价。请先完成一次运行。',
  });

export const notYoursToAnswer = () =>
  new HubError('forbidden', {
    en: 'Only the owner of the agent answers what is said of it.',
    zh: '只有智能体的所有者才能回复评价。',
  });

export const answeredAlready = () =>
  new HubError('conflict', {
    en: 'This review is answered already; it can be answered once.',
    zh: '此评价已回复过，只能回复一次。',
  });

export const reportedAlready = () =>
  new HubError('conflict', { en: 'You have reported this agent already.', zh: '您已举报过此智能体。' });

export const reportNotFound = (id: string) =>
  new HubError('not_found', {
    en: `There is no open report "${id.slice(0, 64)}".`,
    zh: `没有待处理的举报“${id.slice(0, 64)}”。`,
  });

export const notListed = (index: number, reference: string) =>
  new HubError(
    'validation_failed',
    {
      en: `"${reference.slice(0, 64)}" does not stand on the hub, so it cannot be featured.`,
      zh: `“${reference.slice(0, 64)}”不在中枢首页上，不能推荐。`,
    },
    {
      errors: [
        {
          path: `body.agents.${index}`,
          message: { en: 'This agent does not stand on the hub.', zh: '此智能体不在中枢首页上。' },
        },
      ],
    },
  );

export const notForTheHub = (handle: string) =>
  new HubError('conflict', {
    en: `The owner of "${handle}" does not want it on the hub, so there is nothing to decide.`,
    zh: `“${handle}”的所有者不想让它出现在中枢首页上，无需决定。`,
  });

export const categoryNotFound = (slug: string) =>
  new HubError('not_found', { en: `There is no category "${slug}".`, zh: `没有分类“${slug}”。` });

export const categoryTaken = (slug: string) =>
  new HubError(
    'conflict',
    { en: `There is a category "${slug}" already.`, zh: `已有分类“${slug}”。` },
    {
      errors: [{ path: 'body.slug', message: { en: 'Taken by another category.', zh: '已被其他分类使用。' } }],
    },
  );

export const categoryBuiltIn = (slug: string) =>
  new HubError('conflict', {
    en: `The category "${slug}" came with the hub: it can be renamed or hidden, not deleted.`,
    zh: `分类“${slug}”是中枢自带的：可以改名或隐藏，不能删除。`,
  });

export const categoryUsed = (slug: string, agents: number) =>
  new HubError('conflict', {
    en: `The category "${slug}" has agents in it (${agents}). Hide it, or have them moved first.`,
    zh: `分类“${slug}”中有 ${agents} 个智能体。请隐藏它，或先把它们移走。`,
  });
