/** Sign-in names as Entra allows them; a directory that holds anything else is not quoted into a command. */
const signInName = /^[\w.#^~!][\w.#^~!-]{0,63}@[\w.-]{1,48}$/;

/** How a command that we offer names a user: by sign-in name while that is one word of the grammar, else by id. */
export function userArgument(user: {
  readonly id: string;
  readonly userPrincipalName: string | null;
}): string {
  const name = user.userPrincipalName ?? '';
  return signInName.test(name) ? name : user.id;
}
