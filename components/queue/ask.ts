/** Ask the API for what a page shows. Somebody whose session has ended goes to sign in. */
export async function ask(url: string, init: RequestInit): Promise<Response> {
  const answer = await fetch(url, { cache: 'no-store', ...init });
  if (answer.status === 401) location.assign('/sign-in');
  return answer;
}
