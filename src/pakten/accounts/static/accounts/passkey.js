/* Passkeys: asks the browser for one and sends its answer with the form. Everything else works without this file.

   Markup that it understands, on a form with a hidden field "credential":
   data-passkey="make|use|sign-in"  what the form's button does: make a key, use one, sign in with one alone
   data-options="{...}"             what the browser needs for it; signing in fetches it from the form's action
   data-passkey-fault               a sentence that is shown when it did not work */
(() => {
  "use strict";

  const fetched = async (form) => {
    const answer = await fetch(form.action, { headers: { Accept: "application/json" } });
    if (!answer.ok) throw new Error(`HTTP ${answer.status}`);
    return (await answer.json()).request_options;
  };

  const ask = async (form) => {
    const kind = form.dataset.passkey;
    const options = kind === "sign-in" ? await fetched(form) : JSON.parse(form.dataset.options);
    return kind === "make" ? window.webauthnJSON.create(options) : window.webauthnJSON.get(options);
  };

  const press = async (form) => {
    const fault = form.querySelector("[data-passkey-fault]");
    fault.hidden = true;
    try {
      form.elements.credential.value = JSON.stringify(await ask(form));
      form.submit();
    } catch {
      fault.hidden = false;
    }
  };

  if (!window.PublicKeyCredential || !window.webauthnJSON) return;
  document.querySelectorAll("form[data-passkey]").forEach((form) => {
    form.hidden = false;
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      press(form);
    });
  });
})();
