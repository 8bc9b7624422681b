/* Keyboard, toasts and the CSRF header for htmx. Everything that can be read works without this file.

   Markup that it understands:
   data-item            a row of a work queue: j and k move between them, Enter opens its first link
   data-key="1"         a button or link that is pressed by this key; data-key-help="Samma" names it under "?"
   data-on-row          beside data-key: where no row is chosen, it is for the row that j and k have come to
   data-focus           takes the focus when the page opens (error summaries)
   data-dismiss         closes the toast that it stands in
   data-submit          a control that submits its form when changed
   data-open-with="id"  a details element that opens when the radio button with this id is chosen

   A details element that the address points to (#...) opens too. */
(() => {
  "use strict";

  const help = document.getElementById("keys");
  const typing = (target) =>
    target.closest("input:not([type=radio], [type=checkbox], [type=submit], [type=button]), textarea, select, [contenteditable]");
  // A row that leads nowhere, such as one that is closed to whoever has a conflict of interest, is passed over.
  const items = () =>
    [...document.querySelectorAll("[data-item]")].filter((item) =>
      item.querySelector("a[href], button, summary, input"),
    );
  const keyed = () => [...document.querySelectorAll("[data-key]")].filter((element) => !element.disabled);

  const move = (step) => {
    const all = items();
    if (!all.length) return;
    const now = all.findIndex((item) => item.classList.contains("is-current"));
    const next = now < 0 ? 0 : Math.min(Math.max(now + step, 0), all.length - 1);
    all.forEach((item) => item.classList.remove("is-current"));
    all[next].classList.add("is-current");
    const link = all[next].querySelector("a[href]");
    if (link) link.focus({ preventScroll: true });
    all[next].scrollIntoView({ block: "nearest" });
  };

  const row = (key, words) => {
    const line = document.createElement("div");
    const term = document.createElement("dt");
    const sign = document.createElement("kbd");
    const meaning = document.createElement("dd");
    sign.textContent = key;
    term.append(sign);
    meaning.textContent = words;
    line.append(term, meaning);
    return line;
  };

  const showHelp = () => {
    const list = help.querySelector("[data-keys-list]");
    const lines = keyed()
      .filter((element) => element.dataset.keyHelp)
      .map((element) => row(element.dataset.key, element.dataset.keyHelp));
    if (items().length) {
      lines.unshift(row("j", "Nästa rad"), row("k", "Föregående rad"), row("Enter", "Öppna raden"));
    }
    lines.push(row("?", "Visa den här rutan"));
    list.replaceChildren(...lines);
    help.showModal();
  };

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
    if (typing(event.target) || help.open) return;
    if (event.key === "?") {
      event.preventDefault();
      showHelp();
    } else if (event.key === "j" || event.key === "k") {
      move(event.key === "j" ? 1 : -1);
    } else {
      const target = keyed().find((element) => element.dataset.key === event.key);
      if (target) {
        event.preventDefault();
        if (target.matches("[data-on-row]")) chooseCurrent(target);
        if (target.matches("input[type=radio]")) target.focus();
        target.click();
      }
    }
  });

  const chooseCurrent = (button) => {
    if (!button.form || button.form.querySelector("[data-item] input[type=checkbox]:checked")) return;
    const box = button.form.querySelector("[data-item].is-current input[type=checkbox]");
    if (box) box.checked = true;
  };

  const openWith = (id) => {
    for (const part of document.querySelectorAll("details[data-open-with]")) {
      if (id && part.dataset.openWith === id) part.open = true;
    }
  };

  const openTarget = () => {
    const part = location.hash && document.getElementById(location.hash.slice(1));
    if (part && part.matches("details")) part.open = true;
  };

  document.addEventListener("click", (event) => {
    const dismiss = event.target.closest("[data-dismiss]");
    if (dismiss) dismiss.closest(".toast").remove();
  });

  document.addEventListener("change", (event) => {
    if (event.target.matches("[data-submit]")) event.target.form.requestSubmit();
    openWith(event.target.id);
  });

  document.addEventListener("htmx:configRequest", (event) => {
    const { elt, parameters } = event.detail;
    if (elt.matches(".filter")) {
      // An empty field is no filter: the address stays short enough to read and to send.
      for (const name of Object.keys(parameters)) if (parameters[name] === "") delete parameters[name];
    }
    const token = document.querySelector("meta[name=csrf-token]");
    if (token && event.detail.verb !== "get") event.detail.headers["X-CSRFToken"] = token.content;
  });

  const complain = (words) => {
    const toast = document.createElement("div");
    toast.className = "toast toast--stop";
    toast.dataset.complaint = "";
    toast.textContent = words;
    document.getElementById("toasts").replaceChildren(toast);
  };

  document.addEventListener("htmx:sendError", () => {
    complain("Vi får inget svar från servern. Kontrollera nätet. Det som redan är sparat finns kvar.");
  });
  document.addEventListener("htmx:responseError", (event) => {
    // 401 comes with an address to sign in at, which htmx follows by itself.
    if (event.detail.xhr.status !== 401) complain("Sidan kunde inte uppdateras. Ladda om den.");
  });
  document.addEventListener("htmx:afterSwap", () => {
    document.querySelectorAll("[data-complaint]").forEach((toast) => toast.remove());
  });

  // On a telephone the chosen tab may stand outside its row.
  for (const tab of document.querySelectorAll(".tabs a[aria-current]")) {
    const row = tab.closest(".tabs");
    row.scrollLeft = tab.offsetLeft - row.offsetLeft - (row.clientWidth - tab.offsetWidth) / 2;
  }

  window.addEventListener("hashchange", openTarget);
  openTarget();
  const focus = document.querySelector("[data-focus]");
  if (focus) focus.focus();
  document.querySelectorAll("[data-keys-hint]").forEach((hint) => {
    hint.hidden = !(items().length || keyed().length);
  });
})();
