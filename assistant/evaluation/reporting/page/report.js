"use strict";
// Shows the questions of the chosen classes, tag and change that hold the words.
(() => {
  const questions = [...document.querySelectorAll(".question")];
  const classes = [...document.querySelectorAll('input[name="class"]')];
  const tag = document.getElementById("tag");
  const change = document.getElementById("change");
  const words = document.getElementById("words");
  const shown = document.getElementById("shown");
  const texts = new Map(questions.map((q) => [q, [".asked", ".answer", ".gold"]
    .map((part) => [...q.querySelectorAll(part)].map((e) => e.textContent).join(" ")).join(" ").toLowerCase()]));

  function filter() {
    const wanted = new Set(classes.filter((box) => box.checked).map((box) => box.value));
    const sought = words.value.toLowerCase().split(/\s+/).filter(Boolean);
    let count = 0;
    for (const question of questions) {
      const fits = wanted.has(question.dataset.class)
        && (!tag || !tag.value || JSON.parse(question.dataset.tags).includes(tag.value))
        && (!change || !change.value || question.dataset.change === change.value)
        && sought.every((word) => texts.get(question).includes(word));
      question.hidden = !fits;
      count += fits;
    }
    shown.textContent = `${count} of ${questions.length}`;
  }

  function openTarget() {
    const target = document.getElementById(location.hash.slice(1));
    if (target && target.matches(".question")) {
      target.hidden = false;
      target.open = true;
      target.scrollIntoView();
    }
  }

  for (const control of [...classes, tag, change, words]) {
    if (control) control.addEventListener("input", filter);
  }
  addEventListener("hashchange", openTarget);
  filter();
  openTarget();
})();
