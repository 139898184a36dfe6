import { cleanup, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { toFileStem } from '#server/contract/file-name.ts';
import type { Artifact } from '#server/contract/run-event.ts';
import AttachedFiles from '#web/features/runs/components/attached-files.tsx';
import ArtifactList from '#web/features/runs/components/artifact-list.tsx';
import { toSavedName } from '#web/lib/save-file.ts';
import { renderPage, startTexts } from '#test/support/render-page.tsx';

type Saved = { name: string; content: Blob };
let saved: Saved[];

beforeAll(startTexts);
beforeEach(() => {
  saved = [];
  const made = new Map<string, Blob>();
  vi.spyOn(URL, 'createObjectURL').mockImplementation((content) => {
    const address = `blob:made-${made.size}`;
    if (content instanceof Blob) made.set(address, content);
    return address;
  });
  vi.spyOn(HTMLAnchorElement.prototype, 'click').mockImplementation(function (this: HTMLAnchorElement) {
    const content = made.get(this.href);
    if (content !== undefined) saved.push({ name: this.download, content });
  });
});
afterEach(() => {
  cleanup();
  vi.restoreAllMocks();
});

const chart: Artifact = {
  kind: 'chart',
  id: 'c1',
  title: 'Fees',
  file: 'drawn',
  specification: {
    mark: 'bar',
    data: {
      values: [
        { day: '周一', note: 'say "hi", twice', fees: 2 },
        { day: '=1+1', note: '', fees: null },
      ],
    },
  },
};
const image = (id: string, title: string): Artifact => ({
  kind: 'image',
  id,
  title,
  file: `whole-${id}`,
  thumbnail: `small-${id}`,
  mediaType: 'image/png',
  width: 640,
  height: 480,
});

describe('files that came with a message', () => {
  it('are pictures to look at, and others by their names', async () => {
    const file = (id: string, name: string, mediaType: string) => ({ id, name, mediaType, size: 70 });
    const files = [file('f1', 'cat.png', 'image/png'), file('f2', 'drawing.svg', 'image/svg+xml')];
    renderPage(<AttachedFiles files={files} />);
    const picture = await screen.findByRole('button', { name: 'View “cat.png”' });
    expect(picture.querySelector('img')?.getAttribute('src')).toBe('/api/files/f1');
    expect(screen.getAllByText(/cat|drawing/).map(({ textContent }) => textContent)).toEqual(['drawing.svg']);
    await userEvent.click(picture);
    expect((await screen.findByRole('dialog')).querySelector('img')?.getAttribute('src')).toBe('/api/files/f1');
  });
});

describe('a chart is saved', () => {
  const choose = async (name: string) => {
    renderPage(<ArtifactList artifacts={[chart]} />);
    await userEvent.click(await screen.findByRole('button', { name: 'Save' }));
    return screen.findByRole('menuitem', { name });
  };

  it('by its title and the day, without what a system refuses in a name', () => {
    const day = /^手续费 每周 每月 \d{4}-\d{2}-\d{2}\.svg$/;
    expect(toSavedName('手续费: 每周/每月?', 'svg')).toMatch(day);
    expect([toFileStem(' ..', 'file'), toFileStem('con', 'file')]).toEqual(['file', 'con_']);
    expect([...toFileStem('图'.repeat(200), 'file')]).toHaveLength(80);
  });

  it('as CSV that spreadsheets read in any language', async () => {
    await userEvent.click(await choose('Save CSV'));
    await waitFor(() => expect(saved.map(({ name }) => name)).toEqual([toSavedName('Fees', 'csv')]));
    const bytes = new Uint8Array((await saved[0]?.content.arrayBuffer()) ?? []);
    expect([...bytes.slice(0, 3)]).toEqual([0xef, 0xbb, 0xbf]);
    const [head, first, ...rest] = new TextDecoder().decode(bytes).trim().split(/\r?\n/);
    expect(head).toBe('day,note,fees');
    expect(first).toBe('周一,"say ""hi"", twice",2');
    // A sheet must not calculate what a model wrote.
    expect(rest).toEqual([expect.not.stringMatching(/^"?=/)]);
  });

  it('as the SVG that the hub drew', async () => {
    const link = await choose('Save SVG');
    expect([link.getAttribute('href'), link.getAttribute('download')]).toEqual([
      '/api/files/drawn',
      toSavedName('Fees', 'svg'),
    ]);
  });

  it('as PNG in twice its size, and says so where that fails', async () => {
    const decode = vi.spyOn(HTMLImageElement.prototype, 'decode').mockResolvedValue();
    vi.spyOn(HTMLImageElement.prototype, 'naturalWidth', 'get').mockReturnValue(300);
    vi.spyOn(HTMLImageElement.prototype, 'naturalHeight', 'get').mockReturnValue(200);
    vi.spyOn(HTMLCanvasElement.prototype, 'toBlob').mockImplementation(function (this: HTMLCanvasElement, take) {
      take(new Blob([`${this.width} x ${this.height}`], { type: 'image/png' }));
    });
    await userEvent.click(await choose('Save PNG'));
    await waitFor(() => expect(saved.map(({ name }) => name)).toEqual([toSavedName('Fees', 'png')]));
    expect(await saved[0]?.content.text()).toBe('600 x 400');
    decode.mockRejectedValue(new Error('broken'));
    await userEvent.click(screen.getByRole('button', { name: 'Save' }));
    await userEvent.click(await screen.findByRole('menuitem', { name: 'Save PNG' }));
    await waitFor(() => expect(decode).toHaveBeenCalledTimes(2));
    expect(saved.length).toBe(1);
  });
});

describe('a picture that is pressed', () => {
  const view = async (name: string) => {
    renderPage(<ArtifactList artifacts={[image('1', 'One'), chart, image('2', 'Two'), image('3', 'Three')]} />);
    const pressed = await screen.findByRole('button', { name });
    await userEvent.click(pressed);
    const dialog = await screen.findByRole('dialog');
    const shown = () => within(dialog).getByRole('img').getAttribute('src');
    return { pressed, dialog: within(dialog), shown };
  };

  it('is shown whole, and the arrows turn to the others of the answer, round and round', async () => {
    const { dialog, shown } = await view('View “Two”');
    expect(shown()).toBe('/api/files/whole-2');
    expect(dialog.getByText('2 of 3')).toBeTruthy();
    await userEvent.keyboard('{ArrowRight}');
    expect(shown()).toBe('/api/files/whole-3');
    await userEvent.keyboard('{ArrowRight}');
    expect(shown()).toBe('/api/files/whole-1');
    await userEvent.keyboard('{ArrowLeft}');
    expect(shown()).toBe('/api/files/whole-3');
    await userEvent.click(dialog.getByRole('button', { name: 'Previous picture' }));
    await userEvent.click(dialog.getByRole('button', { name: 'Next picture' }));
    const link = dialog.getByRole('link', { name: 'Download' });
    expect([link.getAttribute('href'), link.getAttribute('download')]).toEqual(['/api/files/whole-3', 'Three']);
  });

  it('is made larger by keys, then moved by the arrows and not turned', async () => {
    const { dialog, shown } = await view('View “One”');
    await userEvent.keyboard('+');
    expect(dialog.getByText('150 %')).toBeTruthy();
    await userEvent.keyboard('{ArrowRight}');
    expect(shown()).toBe('/api/files/whole-1');
    await userEvent.keyboard('-');
    expect(dialog.getByText('100 %')).toBeTruthy();
    await userEvent.keyboard('=+0{ArrowRight}');
    expect(shown()).toBe('/api/files/whole-2');
  });

  it('is closed by Escape, which gives the focus back', async () => {
    const { pressed } = await view('View “Three”');
    await userEvent.keyboard('{Escape}');
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
    await waitFor(() => expect(document.activeElement).toBe(pressed));
    await userEvent.keyboard('{ArrowRight}');
    expect(screen.queryByRole('dialog')).toBeNull();
  });
});
