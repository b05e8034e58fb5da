// Menus and dialogues that lie above the page.

import { el, icon, setText } from "./dom.js";
import { fileAddress } from "./api.js";
import { t } from "./words.js";

// openMenu shows items {label, note?, icon?, dot?, checked?, heading?, run} beside an element or a
// point. A filter field appears when asked for. Focus goes back where it was.
export function openMenu(place, items, { filter = false, label = "" } = {}) {
  const before = document.activeElement;
  const list = el("div", { class: "menu-items", role: "menu", "aria-label": label });
  const menu = el("div", { class: "menu", popover: "auto" }, list);
  const show = (wanted) => list.replaceChildren(...menuRows(items, wanted, (item) => {
    menu.hidePopover();
    item.run();
  }));
  if (filter) {
    const field = el("input", { type: "search", placeholder: t("filterPeople"), "aria-label": t("filterPeople") });
    field.addEventListener("input", () => show(field.value.trim().toLowerCase()));
    menu.prepend(field);
  }
  show("");
  menu.addEventListener("keydown", (event) => moveFocus(event, menu));
  menu.addEventListener("toggle", (event) => {
    if (event.newState !== "closed") return;
    if (menu.contains(document.activeElement) || document.activeElement === document.body) before?.focus?.();
    menu.remove();
  });
  document.body.append(menu);
  menu.showPopover();
  position(menu, place);
  menu.querySelector("[aria-checked=true]")?.scrollIntoView({ block: "center" });
  (menu.querySelector("[aria-checked=true]") ?? menu.querySelector("input, button"))?.focus({ preventScroll: true });
}

function menuRows(items, wanted, choose) {
  return items
    .filter((item) => !wanted || (item.run && `${item.label} ${item.note ?? ""}`.toLowerCase().includes(wanted)))
    .map((item) => {
      if (!item.run) return el("div", { class: "menu-heading", role: "presentation" }, item.label);
      return el("button", {
        type: "button", class: item.danger ? "menu-item danger" : "menu-item",
        role: item.checked === undefined ? "menuitem" : "menuitemradio",
        "aria-checked": item.checked === undefined ? undefined : String(item.checked),
        onclick: () => choose(item),
      },
      item.icon && icon(item.icon),
      el("span", { class: "menu-label" }, item.label),
      item.note && el("span", { class: "menu-note" }, item.note),
      item.dot && el("span", { class: "dot" }));
    });
}

function moveFocus(event, menu) {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (!step) return;
  event.preventDefault();
  const stops = [...menu.querySelectorAll("input, button")];
  const at = stops.indexOf(document.activeElement);
  stops[(at + step + stops.length) % stops.length]?.focus();
}

function position(menu, place) {
  const box = place instanceof Element ? place.getBoundingClientRect() : { left: place.x, right: place.x, top: place.y, bottom: place.y };
  const { offsetWidth: width, offsetHeight: height } = menu;
  const left = box.left + width > innerWidth - 8 ? box.right - width : box.left;
  const below = box.bottom + 4 + height <= innerHeight - 8;
  menu.style.left = `${Math.max(8, Math.min(left, innerWidth - width - 8))}px`;
  menu.style.top = `${Math.max(8, below ? box.bottom + 4 : box.top - height - 4)}px`;
}

// askLine asks for one line of text and calls done with it.
export function askLine(title, label, button, done) {
  const field = el("input", { type: "text", name: "line", required: true, autocomplete: "off", spellcheck: "false" });
  const dialog = el("dialog", { class: "ask", "aria-label": title },
    el("form", { method: "dialog" },
      el("h2", {}, title),
      el("label", {}, label, field),
      el("div", { class: "ask-buttons" },
        el("button", { type: "button", onclick: () => dialog.close() }, t("cancel")),
        el("button", { type: "submit", class: "filled" }, button))));
  dialog.addEventListener("submit", () => done(field.value.trim()));
  dialog.addEventListener("close", () => dialog.remove());
  document.body.append(dialog);
  dialog.showModal();
}

// showPhotos enlarges one of a chat's photos; the others are a key or a tap away.
export function showPhotos(photos, index) {
  const picture = el("img", { alt: t("photo") });
  const caption = el("p");
  const turn = (step) => {
    index = (index + step + photos.length) % photos.length;
    picture.src = fileAddress(photos[index].file);
    setText(caption, photos.length > 1 ? `${index + 1} / ${photos.length}` : "");
  };
  const button = (name, key, press) => el("button", {
    type: "button", class: `lightbox-${name}`, "aria-label": t(key), title: t(key), onclick: press,
  }, icon(name));
  const dialog = el("dialog", { class: "lightbox", "aria-label": t("photo") }, picture, caption,
    button("cross", "close", () => dialog.close()));
  if (photos.length > 1) dialog.append(button("left", "previous", () => turn(-1)), button("right", "next", () => turn(1)));
  dialog.addEventListener("keydown", (event) => {
    if (event.key === "ArrowLeft") turn(-1);
    if (event.key === "ArrowRight") turn(1);
  });
  dialog.addEventListener("click", (event) => { if (event.target === dialog) dialog.close(); });
  dialog.addEventListener("close", () => dialog.remove());
  turn(0);
  document.body.append(dialog);
  dialog.showModal();
}
