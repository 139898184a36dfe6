import { mostEvals } from '#server/contract/eval.ts';
import { HubError, type HubIssue } from '#server/hub-error.ts';

export const evalNotFound = (id: string) =>
  new HubError('not_found', { en: `The agent has no test "${id}".`, zh: `此智能体没有测试“${id}”。` });

export const evalRunNotFound = (id: string) =>
  new HubError('not_found', { en: `The agent has no run of tests "${id}".`, zh: `此智能体没有测试运行“${id}”。` });

export const revisionMissing = () =>
  new HubError('precondition_required', {
    en: 'Send If-Match with the ETag of the test as you read it.',
    zh: '请在 If-Match 中发送您读到的测试的 ETag。',
  });

export const evalChanged = (revision: number) =>
  new HubError('precondition_failed', {
    en: `The test was changed in the meantime and is now at revision ${revision}.`,
    zh: `测试在此期间已被修改，现在是修订 ${revision}。`,
  });

export const tooManyEvals = () =>
  new HubError('conflict', {
    en: `An agent has ${mostEvals} tests at most.`,
    zh: `一个智能体最多 ${mostEvals} 个测试。`,
  });

export const noEvals = () =>
  new HubError('conflict', {
    en: 'The agent has no tests yet. Add one first.',
    zh: '此智能体还没有测试，请先添加一个。',
  });

export const notPublished = () =>
  new HubError('conflict', {
    en: 'Nothing is published yet that the draft could be compared with.',
    zh: '还没有已发布的版本可与草稿比较。',
  });

export const evalsUnderWay = () =>
  new HubError('conflict', {
    en: 'The tests of this agent are being run already. Wait for their end, or cancel them.',
    zh: '此智能体的测试正在运行。请等待结束，或取消它们。',
  });

export const modelsMissing = (missing: { place: number; model: string }[]) =>
  new HubError(
    'validation_failed',
    { en: 'Not every model is connected to this hub.', zh: '有的模型没有连接到此中枢。' },
    {
      errors: missing.map(({ place, model }) => ({
        path: `body.columns.${place}.model`,
        message: { en: `The model ${model} is not connected to this hub.`, zh: `模型 ${model} 没有连接到此中枢。` },
      })),
    },
  );

export const csvInvalid = (errors: HubIssue[]) =>
  new HubError(
    'validation_failed',
    {
      en: 'The CSV cannot be imported; each fault is listed with its line. Nothing was imported.',
      zh: '无法导入此 CSV；每处错误都列出了行号。没有导入任何内容。',
    },
    {
      errors: errors.map(({ path, message }) => ({ path: `body.csv: ${path}`, message })),
    },
  );

/** Why a draft is not published whose tests must pass first. */
export const testsNotPassed = (state: 'not-run' | 'not-passed') =>
  new HubError(
    'tests_not_passed',
    state === 'not-run'
      ? {
          en: 'The tests of this agent must pass before it is published. They were not all run on this very draft.',
          zh: '此智能体须先通过测试才能发布，但当前草稿还没有运行全部测试。',
        }
      : {
          en: 'The tests of this agent must pass before it is published. Not all of them passed on this very draft.',
          zh: '此智能体须先通过测试才能发布，但当前草稿没有通过全部测试。',
        },
  );

/** @param why - how the process that checked it ended */
export const checkFailed = (why: 'slow' | 'memory' | 'broken' | 'busy' | 'stopped') =>
  why === 'busy' || why === 'stopped'
    ? new HubError('unavailable', {
        en: 'The answer cannot be checked now. Run the test again in a moment.',
        zh: '现在无法检查回答，请稍后重新运行测试。',
      })
    : new HubError('validation_failed', {
        en: 'The pattern takes too long on this answer. Write a simpler one.',
        zh: '此模式在这个回答上耗时过长，请写一个更简单的。',
      });
