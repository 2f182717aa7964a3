/** The fields of the forms at the door, with what browsers and password stores need to know of them. */
export const NAME_FIELD = { name: 'name', label: 'Your name', type: 'text', autoComplete: 'name' } as const;

export const EMAIL_FIELD = {
  name: 'email',
  label: 'Email',
  type: 'email',
  inputMode: 'email',
  autoComplete: 'username',
  autoCapitalize: 'none',
} as const;

export const PASSWORD_FIELD = {
  name: 'password',
  label: 'Password',
  type: 'password',
  autoComplete: 'current-password',
} as const;

/** `shortest` is the least number of characters that is accepted. */
export function newPasswordField(name: string, label: string, shortest: number) {
  return {
    name,
    label,
    type: 'password',
    autoComplete: 'new-password',
    minLength: shortest,
    hint: `At least ${shortest} characters.`,
  } as const;
}
