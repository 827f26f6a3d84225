// Aids for readers. Every page works without them: a citation is a link, the contents are a list,
// and print opens what is folded by its style sheet where the browser can.
"use strict";

{
  const words = document.getElementById("reading-words")?.dataset;

  /** An element with properties and children; nothing here is ever read as HTML. */
  const make = (tag, properties = {}, ...children) => {
    const element = Object.assign(document.createElement(tag), properties);
    element.append(...children);
    return element;
  };

  /** Mark in the contents where the reader is, and keep the mark in sight. */
  const followReader = () => {
    const list = document.querySelector(".contents");
    if (!list) return;
    const links = new Map();
    for (const link of list.querySelectorAll('a[href^="#"]')) {
      const place = document.getElementById(decodeURIComponent(link.hash.slice(1)));
      if (place) links.set(place, link);
    }
    const passed = new Set();
    const mark = () => {
      let current = null;
      for (const [place, link] of links) {
        if (passed.has(place)) current = link;
        link.removeAttribute("aria-current");
      }
      if (!current) return;
      current.setAttribute("aria-current", "true");
      const { top, bottom } = list.getBoundingClientRect();
      const box = current.getBoundingClientRect();
      if (box.top < top) list.scrollTop -= top - box.top;
      if (box.bottom > bottom) list.scrollTop += box.bottom - bottom;
    };
    const observer = new IntersectionObserver(
      (entries) => {
        for (const entry of entries) {
          if (entry.isIntersecting) passed.add(entry.target);
          else passed.delete(entry.target);
        }
        mark();
      },
      // All that is above a line a third down the window.
      { rootMargin: "100000px 0px -66% 0px" },
    );
    for (const place of links.keys()) observer.observe(place);
  };

  /** Show what a word of the glossary means beside it, not in the middle of the window. */
  const showMeanings = () => {
    document.addEventListener("click", (event) => {
      const button = event.target.closest?.(".term-button");
      const box = button?.popoverTargetElement;
      // It opens after the click has been told to everybody, and before it is drawn.
      if (box) requestAnimationFrame(() => placeBeside(box, button));
    });
  };

  /** Show the source of a citation beside it. */
  const showSources = () => {
    if (!("popover" in HTMLElement.prototype)) return;
    const box = make("div", { className: "source-popover", popover: "auto", tabIndex: -1 });
    box.setAttribute("role", "dialog");
    document.body.append(box);
    document.addEventListener("click", (event) => {
      const link = event.target.closest?.(".cite a");
      if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
      const source = document.getElementById(decodeURIComponent(link.hash.slice(1)));
      const entry = source?.querySelector("p");
      if (!entry) return;
      event.preventDefault();
      const onward = make("a", { href: link.hash, textContent: words.whole });
      onward.addEventListener("click", () => {
        box.ontoggle = null;
        box.hidePopover();
      });
      box.replaceChildren(entry.cloneNode(true), make("p", {}, onward));
      box.setAttribute("aria-label", link.getAttribute("aria-label"));
      box.showPopover();
      placeBeside(box, link);
      box.focus();
      box.ontoggle = (change) => {
        if (change.newState === "closed" && document.activeElement === document.body) link.focus();
      };
    });
  };

  /** Below the link, or above it where there is no room; within the window. */
  const placeBeside = (box, link) => {
    const { top, bottom, left } = link.getBoundingClientRect();
    const room = window.innerHeight - bottom;
    const below = room > box.offsetHeight + 16 || room > top;
    const most = document.documentElement.clientWidth - box.offsetWidth - 8;
    box.style.margin = "0";
    box.style.left = `${Math.max(8, Math.min(left - 24, most))}px`;
    box.style.top = `${below ? bottom + 4 : Math.max(8, top - box.offsetHeight - 4)}px`;
  };

  /** A button at each heading that copies its address. */
  const offerLinks = () => {
    const told = make("p", { className: "visually-hidden" });
    told.setAttribute("role", "status");
    document.querySelector("main")?.append(told);
    for (const heading of document.querySelectorAll(".prose :is(h2, h3)")) {
      const place = heading.id ? heading : heading.parentElement;
      if (!place.id || (place !== heading && place.tagName !== "SECTION")) continue;
      const button = make("button", { className: "copy-link", type: "button", textContent: "#" });
      button.setAttribute("aria-label", words.copy.replace("%s", heading.textContent.trim()));
      button.addEventListener("click", async () => {
        const address = new URL(`#${place.id}`, location.href).href;
        history.replaceState(null, "", address);
        try {
          await navigator.clipboard.writeText(address);
          told.textContent = words.copied;
        } catch {
          told.textContent = words.inAddress;
        }
      });
      heading.after(button);
    }
  };

  /** Open what is folded while the page is printed. */
  const openForPrint = () => {
    let opened = [];
    addEventListener("beforeprint", () => {
      opened = [...document.querySelectorAll("main details:not([open])")];
      for (const fold of opened) fold.open = true;
    });
    addEventListener("afterprint", () => {
      for (const fold of opened) fold.open = false;
    });
  };

  /** Open what the style sheet shows open on a wide screen, so that it is open for everybody. */
  const openWhereWide = () => {
    for (const fold of document.querySelectorAll("details[data-open-from]")) {
      const wide = matchMedia(`(width >= ${fold.dataset.openFrom})`);
      const follow = () => (fold.open = wide.matches);
      follow();
      wide.addEventListener("change", follow);
      fold.removeAttribute("data-open-from");
    }
  };

  /** Open the folds around the place that the address names; not every browser does, and goes there. */
  const openAround = () => {
    const place = document.querySelector(":target");
    if (!place?.closest("details")) return;
    for (let at = place; at; at = at.parentElement) if (at.tagName === "DETAILS") at.open = true;
    place.scrollIntoView();
  };

  /** Escape and a tap beside it close the menu. */
  const closeMenu = () => {
    const menu = document.querySelector(".site-menu");
    addEventListener("keydown", ({ key }) => {
      if (key !== "Escape" || !menu?.open) return;
      menu.open = false;
      menu.querySelector("summary").focus();
    });
    addEventListener("pointerdown", ({ target }) => {
      if (menu?.open && !menu.contains(target)) menu.open = false;
    });
  };

  openWhereWide();
  openAround();
  addEventListener("hashchange", openAround);
  closeMenu();
  openForPrint();
  followReader();
  showMeanings();
  if (words) {
    showSources();
    offerLinks();
  }
}
