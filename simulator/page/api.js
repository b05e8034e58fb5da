// The server's side of the page: one function a request.

async function answer(response) {
  const body = await response.json().catch(() => ({}));
  if (!response.ok) throw new Error(body.error || `${response.status} ${response.statusText}`);
  return body;
}

const get = async (path) => answer(await fetch(path, { cache: "no-store" }));

const post = async (path, value) =>
  answer(await fetch(path, { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(value) }));

export const state = () => get("/api/state");
export const chat = (id) => get(`/api/chat/${id}`);
export const send = (user, text, replyTo) => post("/api/send", { user, text, ...(replyTo && { reply_to: replyTo }) });
export const edit = (user, message, text) => post("/api/edit", { user, message_id: message, text });
export const press = (user, message, row, col) => post("/api/press", { user, message_id: message, row, col });
export const start = (user, payload) => post("/api/start", { user, payload });
export const block = (user, blocked) => post("/api/block", { user, blocked });
export const advance = (duration) => post("/api/clock", { advance: duration });
export const setClock = (time) => post("/api/clock", { set: time });
export const fileAddress = (file) => `/file/${encodeURIComponent(file)}`;

export async function upload(user, kind, caption, files) {
  // A server that reads the parts in order must know the kind before the bytes.
  const form = new FormData();
  form.append("user", user);
  form.append("kind", kind);
  form.append("caption", caption);
  for (const file of files) form.append("file", file, file.name);
  return answer(await fetch("/api/upload", { method: "POST", body: form }));
}
