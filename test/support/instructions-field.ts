import { EditorView } from '@codemirror/view';
import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';

/** The editor of an agent's instructions; a window without a layout cannot type in it, so text is handed to it. */
export async function openInstructions() {
  await userEvent.pointer({ target: document.body, keys: '[MouseLeft]' });
  const view = await waitFor(() => {
    const found = EditorView.findFromDOM(screen.getByRole('textbox', { name: 'Instructions' }));
    if (found === null) throw new Error('The editor is not there yet.');
    return found;
  });
  return {
    view,
    read: () => view.state.doc.toString(),
    type: (text: string) => view.dispatch({ ...view.state.replaceSelection(text), userEvent: 'input.type' }),
    typeAtEnd(text: string) {
      view.dispatch({ selection: { anchor: view.state.doc.length } });
      this.type(text);
    },
  };
}
