// The page on the phone: takes photos, and sends them to the computer that showed the code.
import { DONE, HELLO, PHOTO, keyOf, sealed } from "./seal.js";

const find = (id) => document.getElementById(id);
const data = JSON.parse(find("data").textContent);
const NOTHING = new Uint8Array(0);
// The person can do nothing more here; after the others they can try again.
const FINAL = new Set(["no-key", "wrong-key", "second-phone", "expired"]);

const key = keyOf(location.hash);
// Of each photo: its file, its picture on the page, and whether it is on the computer.
let photos = [];
let busy = false;
let ending = null;

const filled = (words, values) => words.replace(/\{(\w+)\}/g, (_, name) => values[name]);

function tell(words, values = {}) {
  find("status").textContent = filled(words, values);
}

function refuse(reason) {
  tell(data.refused[reason] ?? data.refused.lost, { megabytes: Math.floor(data.photo_bytes / 1e6) });
  if (FINAL.has(reason)) close();
}

function close() {
  clearTimeout(ending);
  find("taking").hidden = true;
}

/** Send one message; why it was not taken, null when it was. */
async function send(kind, number, content) {
  try {
    const body = sealed(kind, number, content, key);
    const answer = await fetch(data.path, { method: "POST", body });
    const told = await answer.json();
    if (answer.ok) expireIn(told.left_s);
    return answer.ok ? null : told.refused;
  } catch {
    return "lost";
  }
}

function expireIn(seconds) {
  clearTimeout(ending);
  ending = setTimeout(() => refuse("expired"), seconds * 1000);
}

function add(files) {
  const room = data.photos - photos.length;
  const images = [...files].filter((file) => file.type === "" || file.type.startsWith("image/"));
  const fitting = images.filter((file) => file.size <= data.photo_bytes);
  photos.push(...fitting.slice(0, room).map((file) => ({ file, url: URL.createObjectURL(file) })));
  draw();
  if (fitting.length > room) tell(data.words.only, { count: data.photos });
  else if (images.length > fitting.length) refuse("too-large");
  else if (files.length > images.length) refuse("no-photo");
  else tell(data.words.ready);
}

function remove(photo) {
  URL.revokeObjectURL(photo.url);
  photos = photos.filter((other) => other !== photo);
  draw();
  find(photos.length > 0 ? "send" : "camera").focus();
}

function draw() {
  find("list").replaceChildren(...photos.map(item));
  find("send").disabled = busy || photos.length === 0;
  for (const id of ["camera", "files"]) {
    find(id).disabled = busy || photos.length >= data.photos;
    find(id).parentElement.classList.toggle("off", find(id).disabled);
  }
}

function item(photo, index) {
  const element = document.createElement("li");
  const picture = document.createElement("img");
  picture.src = photo.url;
  picture.alt = filled(data.words.photo, { number: index + 1 });
  element.append(picture);
  // What is on the computer is taken back there.
  if (!busy && !photo.sent) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "button plain";
    button.textContent = filled(data.words.remove, { number: index + 1 });
    button.addEventListener("click", () => remove(photo));
    element.append(button);
  }
  return element;
}

async function contentOf(file) {
  try {
    return new Uint8Array(await file.arrayBuffer());
  } catch {
    return null;
  }
}

/** Send what has not arrived yet; why it got no further, null when all is there. */
async function sendPhotos() {
  for (const photo of photos) {
    if (photo.sent) continue;
    const number = photos.filter((other) => other.sent).length;
    tell(data.words.sending, { number: number + 1, count: photos.length });
    const content = await contentOf(photo.file);
    const refusal = content === null ? "unreadable" : await send(PHOTO, number, content);
    if (refusal !== null) return refusal;
    photo.sent = true;
  }
  return send(DONE, photos.length, NOTHING);
}

async function sendAll() {
  busy = true;
  draw();
  const refusal = await sendPhotos();
  busy = false;
  // Should they not be there, all are sent again.
  if (refusal === "missing") for (const photo of photos) photo.sent = false;
  draw();
  if (refusal !== null) {
    refuse(refusal);
    return;
  }
  close();
  tell(data.words.done);
}

async function begin() {
  const refusal = key === null ? "no-key" : await send(HELLO, 0, NOTHING);
  if (refusal !== null) {
    refuse(refusal);
    return;
  }
  for (const id of ["camera", "files"]) {
    find(id).addEventListener("change", ({ target }) => {
      add(target.files);
      target.value = "";
    });
  }
  find("send").addEventListener("click", sendAll);
  find("taking").hidden = false;
  tell(data.words.ready);
}

// A new code with the same address.
addEventListener("hashchange", () => location.reload());
begin();
