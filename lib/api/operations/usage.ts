import { operation } from '../operation.ts';
import { usageSchema } from '../resources/usage.ts';

export const getUsage = operation({
  id: 'getUsage',
  method: 'GET',
  path: '/api/v1/usage',
  chapter: 'Usage',
  summary: 'What you have used, and what is left of your quotas and budgets',
  access: 'jobs:read',
  answers: { 200: { description: 'Your usage', schema: usageSchema } },
});
