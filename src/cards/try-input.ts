import type { Link } from '../plan/types';
import { type Button, commandButton, showButton } from './buttons';
import { linkName } from './words';

/** Asks for one user and tries it. */
export function tryInput(link: Link): Button {
  const input = {
    type: 'Input.Text',
    id: 'user',
    label: 'User of the source tenant',
    placeholder: 'Sign-in name, mail address or object id',
    isRequired: true,
    errorMessage: 'Name one user.',
    maxLength: 200,
  };
  const press = commandButton('Try this user', `try ${linkName(link)}`, {
    style: 'positive',
    usesInputs: true,
  });
  return showButton('Try one user…', [input], [press]);
}
