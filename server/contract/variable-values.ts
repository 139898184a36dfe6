import { z } from 'zod';

/** What a person answered to an agent's questions, by the names of its variables. */
export const VariableValues = z.record(z.string().max(40), z.string().max(2000));
export type VariableValues = z.infer<typeof VariableValues>;

/** As they were stored; what cannot be read is asked for once more. */
export const readVariableValues = (stored: unknown): VariableValues => VariableValues.safeParse(stored).data ?? {};
