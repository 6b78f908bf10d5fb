import { render } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { ThreadIcon } from './icons.tsx';
import { sentenceOf, server } from './interface.ts';
import { words } from './words.ts';

function LogIn() {
  const [password, setPassword] = useState('');
  const [trouble, setTrouble] = useState<string | null>(null);
  const input = useRef<HTMLInputElement>(null);
  useEffect(() => input.current?.focus(), []);

  async function signIn() {
    try {
      await server.logIn(password);
      location.assign('/');
    } catch (error) {
      setTrouble(sentenceOf(error));
      input.current?.select();
    }
  }

  return (
    <main class="choose sign-in">
      <p class="brand">
        <ThreadIcon />
        {words.product}
      </p>
      <h1>{words.signIn}</h1>
      <p class="lead">{words.signInNote}</p>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          void signIn();
        }}
      >
        <div class={trouble === null ? 'field' : 'field field-wrong'}>
          <label class="label" for="password">
            {words.password}
          </label>
          <input
            ref={input}
            id="password"
            type="password"
            autocomplete="current-password"
            aria-describedby={trouble === null ? undefined : 'password-problem'}
            aria-invalid={trouble !== null}
            value={password}
            onInput={(event) => setPassword(event.currentTarget.value)}
          />
          {trouble !== null && (
            <p class="problem" id="password-problem" role="alert">
              {trouble}
            </p>
          )}
        </div>
        <button type="submit" class="button button-primary">
          {words.signIn}
        </button>
      </form>
    </main>
  );
}

const page = document.getElementById('page');
if (page) {
  page.replaceChildren();
  render(<LogIn />, page);
}
