// Messages in the language of the page: the scripts speak Chinese, `english.js` holds the English when it is wanted.
(() => {
  "use strict";

  const english = window.clauselightEnglish || {};

  function say(words, values = {}) {
    return (english[words] || words).replace(/\{(\w+)\}/g, (_, name) => values[name]);
  }

  // Gradio writes the browser's language over the page's.
  function keepLanguage() {
    const spoken = window.clauselightEnglish ? "en" : "zh-CN";
    if (document.documentElement.lang !== spoken) document.documentElement.lang = spoken;
  }
  new MutationObserver(keepLanguage).observe(document.documentElement, { attributeFilter: ["lang"] });
  keepLanguage();

  // The other language opens what this page shows: the question, the clause, the document.
  document.addEventListener("click", (event) => {
    const link = event.target instanceof Element && event.target.closest("a[data-language]");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    const address = new URL(location.href);
    address.searchParams.set("lang", link.dataset.language);
    location.assign(address);
  });

  window.clauselight = { say };
})();
