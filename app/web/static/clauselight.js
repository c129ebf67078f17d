// What the pages do by themselves: go to a clause, copy a quote, keep the address in step. Nothing is sent anywhere.
(() => {
  "use strict";

  const { say } = window.clauselight;

  let opened = false; // whether the clause that the address names was shown
  let named = new URL(location.href).searchParams.has("clause");
  let seen = null; // the result that was last reacted to

  const calm = matchMedia("(prefers-reduced-motion: reduce)");
  const beside = matchMedia("(min-width: 1024px)");

  const terms = () => document.querySelector(".terms");
  const clauseElement = (id) => document.getElementById(`clause-${id}`);

  // A link carries a whole id (`weidianyun#13.5`) or the part after the sign (`13.5`), which is sought in the shown document.
  function findClause(name) {
    const shown = terms();
    return clauseElement(name) || (shown && clauseElement(`${shown.dataset.doc}#${name}`));
  }

  // Beside the work the terms scroll in a pane of their own, and the page stays where it is.
  function bringIntoView(clause) {
    const behavior = calm.matches ? "auto" : "smooth";
    const pane = clause.closest(".room-terms");
    if (!pane || !beside.matches) {
      clause.scrollIntoView({ block: "center", behavior });
      return;
    }
    const from = clause.getBoundingClientRect().top - pane.getBoundingClientRect().top;
    const room = Math.max(24, (pane.clientHeight - clause.offsetHeight) / 3);
    pane.scrollTo({ top: pane.scrollTop + from - room, behavior });
  }

  function showClause(name, { focus = true } = {}) {
    const clause = findClause(name);
    if (!clause) return false;
    for (const old of document.querySelectorAll(".clause.is-target")) old.classList.remove("is-target");
    bringIntoView(clause);
    void clause.offsetWidth; // lets the animation start again on the same clause
    clause.classList.add("is-target");
    if (focus) clause.focus({ preventScroll: true });
    return true;
  }

  // On the look-up page a clause may stand in another document than the one shown, whose terms then take its place.
  const swaps = () => document.querySelector("#query-words") !== null;

  async function openClause(id, options) {
    const doc = id.split("#")[0];
    if (!terms() || terms().dataset.doc === doc || !id.includes("#")) return showClause(id, options);
    if (!(await openTerms(doc))) return false;
    markCited(document.querySelector(".found"));
    return showClause(id, options);
  }

  async function openTerms(doc) {
    try {
      const answer = await fetch(`./pages/terms?${new URLSearchParams({ doc })}`);
      if (!answer.ok) return false;
      const fresh = document.createElement("template");
      fresh.innerHTML = await answer.text();
      terms().replaceWith(fresh.content);
      return true;
    } catch {
      return false;
    }
  }

  function markCited(result) {
    for (const old of document.querySelectorAll(".clause.is-cited")) old.classList.remove("is-cited");
    if (!result) return;
    for (const cited of result.querySelectorAll("[data-cited]")) {
      const clause = findClause(cited.dataset.cited);
      if (clause) clause.classList.add("is-cited");
    }
  }

  function setAddress(changes) {
    const address = new URL(location.href);
    for (const [name, value] of Object.entries(changes)) {
      if (value) address.searchParams.set(name, value);
      else address.searchParams.delete(name);
    }
    history.replaceState(history.state, "", address);
  }

  async function copyWords(words) {
    if (navigator.clipboard && window.isSecureContext) return navigator.clipboard.writeText(words);
    const area = document.createElement("textarea");
    area.value = words;
    area.style.position = "fixed";
    area.style.opacity = "0";
    document.body.append(area);
    area.select();
    const done = document.execCommand("copy");
    area.remove();
    if (!done) throw new Error("copy refused");
  }

  async function onCopy(button) {
    const before = button.dataset.name || button.textContent;
    button.dataset.name = before;
    try {
      const link = button.dataset.copyAddress;
      await copyWords(button.dataset.copy + (link ? `\n${location.origin}${location.pathname}${link}` : ""));
      button.textContent = say("已复制");
      button.classList.add("is-done");
    } catch {
      button.textContent = say("浏览器不允许复制，请手动选取");
    }
    setTimeout(() => {
      button.textContent = before;
      button.classList.remove("is-done");
    }, 2000);
  }

  document.addEventListener("click", (event) => {
    if (!(event.target instanceof Element)) return;
    const link = event.target.closest("a[data-clause]");
    const plain = !event.ctrlKey && !event.metaKey && !event.shiftKey;
    if (link && plain && swaps() && !findClause(link.dataset.clause)) {
      event.preventDefault();
      void openClause(link.dataset.clause);
      return;
    }
    if (link && plain && showClause(link.dataset.clause)) {
      event.preventDefault();
      opened = true;
      named = false;
      setAddress({ doc: terms().dataset.doc, clause: link.dataset.clause.split("#").slice(1).join("#") });
      return;
    }
    const jump = event.target.closest('a[href^="#"]');
    if (jump) {
      const goal = document.getElementById(jump.getAttribute("href").slice(1));
      event.preventDefault(); // the page has a base address, which a bare "#…" would be taken to
      if (goal) goal.scrollIntoView({ behavior: calm.matches ? "auto" : "smooth" });
      if (goal) goal.focus({ preventScroll: true });
      return;
    }
    const copy = event.target.closest("button[data-copy]");
    if (copy) void onCopy(copy);
  });

  document.addEventListener("keydown", (event) => {
    if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.target instanceof Element && event.target.closest("input, textarea, select, [contenteditable=true]")) return;
    const box = document.querySelector("#query :is(input, textarea), #question :is(input, textarea)");
    if (!box) return;
    event.preventDefault();
    box.focus();
    box.select();
  });

  // An answer or a list of results has arrived: mark its clauses in the terms, and show the first where the terms stand beside.
  function onResult(result) {
    markCited(result.classList.contains("answer--none") ? null : result);
    if (result.classList.contains("answer--none")) return;
    if (named) {
      named = false; // the address that opened the page names a clause: it comes before the answer's own
      const asked = new URL(location.href).searchParams.get("clause");
      if (asked && opened && !beside.matches) showClause(asked, { focus: false }); // what has arrived above moved it away
      return;
    }
    setAddress({ clause: null });
    if (result.dataset.first && beside.matches) void openClause(result.dataset.first, { focus: false });
  }

  // Screen readers are told what arrives in these places; they are there before it does.
  function announce() {
    for (const place of document.querySelectorAll(":is(#answers, #found, #findings):not([aria-live])")) {
      place.setAttribute("aria-live", "polite");
    }
    const heading = document.querySelector("h1");
    const title = heading ? say("{title} · 明条", { title: heading.textContent }) : document.title;
    if (document.title !== title) document.title = title;
  }

  // Gradio tells of lost connections and of a full queue in English, and of nothing else that a person could mend.
  function inChinese(said) {
    if (/connection/i.test(said)) return say("与服务的连接断开了，正在重新连接。请确认服务仍在运行，稍后再试。");
    if (/queue/i.test(said)) return say("现在使用的人较多，请稍后再试。");
    return say("这一步没有完成，请稍后再试。");
  }

  function translateToasts() {
    for (const text of document.querySelectorAll(".toast-message-text:not([data-told])")) {
      text.dataset.told = "";
      text.textContent = inChinese(text.textContent);
      const title = text.closest(".toast-body").querySelector(".toast-title").firstChild;
      if (title) title.data = say("没有完成");
    }
  }

  function onChange() {
    announce();
    translateToasts();
    const result = document.querySelector("[data-question], [data-query]");
    if (result && result !== seen) {
      seen = result;
      setAddress({ q: result.dataset.question || result.dataset.query });
      onResult(result);
    }
    if (!opened && terms()) {
      const { searchParams } = new URL(location.href);
      const asked = searchParams.get("clause");
      const other = searchParams.has("doc") && searchParams.get("doc") !== terms().dataset.doc;
      if (other && swaps()) {
        opened = true;
        const doc = searchParams.get("doc");
        void openTerms(doc).then(() => asked && showClause(`${doc}#${asked}`, { focus: false }));
        return;
      }
      if (other) return; // the document of the address is still on its way
      if (!asked || showClause(asked, { focus: false })) opened = true;
    }
  }

  Object.assign(window.clauselight, { openClause, setAddress });
  new MutationObserver(onChange).observe(document.documentElement, { childList: true, subtree: true });
  onChange();
})();
