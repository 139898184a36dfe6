import { useQuery } from '@tanstack/react-query';
import type { ComponentProps } from 'react';
import { lastAnswersQuery } from '#web/features/conversations/api/last-answers-query.ts';
import VariablesForm from './variables-form.tsx';

/** The agent's questions with what the person answered last time. */
export default function AskedVariables({
  agent,
  ...form
}: Omit<ComponentProps<typeof VariablesForm>, 'answers'> & { agent: string }) {
  const { data } = useQuery(lastAnswersQuery(agent));
  return <VariablesForm {...form} answers={data} />;
}
