"use strict";
// Plays a film: moments of a run, each with the attention of every head as bytes; a byte b stands for (b / 255)².
const film = JSON.parse(document.getElementById("data").textContent);
const at = (id) => document.getElementById(id);
const line = at("line"), walls = at("walls"), GAP = 5;
const colours = [[68, 1, 84], [72, 40, 120], [62, 74, 137], [49, 104, 142], [38, 130, 142], [31, 158, 137], [53, 183, 121], [109, 205, 89], [180, 222, 44], [253, 231, 37]];
let now = 0, timer = 0;

function colour(weight) {
  const place = Math.min(Math.max(weight, 0), 1) * (colours.length - 1), low = Math.min(Math.floor(place), colours.length - 2);
  return colours[low].map((part, index) => Math.round(part + (colours[low + 1][index] - part) * (place - low)));
}
const table = Array.from({ length: 256 }, (_, byte) => colour((byte / 255) ** 2));

function bytes(frame) {
  if (!frame.bytes) frame.bytes = Uint8Array.from(atob(frame.data), (sign) => sign.charCodeAt(0));
  return frame.bytes;
}

function draw(canvas, frame) {
  const [layers, heads, queries, keys] = frame.shape, values = bytes(frame);
  const cell = Math.max(1, Math.min(12, Math.floor((Math.min(innerWidth - 60, 900) / heads - GAP) / keys)));
  canvas.width = heads * (keys * cell + GAP) - GAP;
  canvas.height = layers * (queries * cell + GAP) - GAP;
  const pen = canvas.getContext("2d");
  for (let layer = 0; layer < layers; layer++) for (let head = 0; head < heads; head++) {
    const small = new ImageData(keys, queries), from = (layer * heads + head) * queries * keys;
    for (let place = 0; place < queries * keys; place++) {
      const [red, green, blue] = table[values[from + place]];
      small.data.set([red, green, blue, 255], 4 * place);
    }
    const tile = new OffscreenCanvas(keys, queries);
    tile.getContext("2d").putImageData(small, 0, 0);
    pen.imageSmoothingEnabled = false;
    pen.drawImage(tile, head * (keys * cell + GAP), layer * (queries * cell + GAP), keys * cell, queries * cell);
  }
}

function xOf(step) { return 8 + (line.width - 16) * step / Math.max(1, film.total); }

function drawLine() {
  line.width = line.clientWidth;
  line.height = line.clientHeight;
  const pen = line.getContext("2d"), style = getComputedStyle(document.documentElement);
  pen.fillStyle = style.getPropertyValue("--muted");
  for (const moment of film.moments) pen.fillRect(xOf(moment.step), line.height - 8, 1, 6);
  pen.fillStyle = style.getPropertyValue("--mark");
  for (const change of film.changes) {
    const x = xOf(change.at);
    pen.beginPath();
    pen.moveTo(x, 3); pen.lineTo(x + 4, 7); pen.lineTo(x, 11); pen.lineTo(x - 4, 7);
    pen.fill();
  }
  pen.fillStyle = style.getPropertyValue("--accent");
  pen.fillRect(xOf(film.moments[now].step) - 1, 0, 2, line.height);
}

function show(index) {
  now = Math.min(Math.max(index, 0), film.moments.length - 1);
  const moment = film.moments[now];
  at("text").textContent = moment.text;
  const likely = moment.likely.map(([name, share]) => `${name} ${Math.round(100 * share)} %`).join(" · ");
  at("answer").textContent = likely ? `The model says: ${likely}` : moment.says ? `The model writes: ${moment.says}` : "";
  at("where").textContent = `step ${moment.step} · ${now + 1} of ${film.moments.length}`;
  line.setAttribute("aria-valuemax", film.moments.length - 1);
  line.setAttribute("aria-valuenow", now);
  line.setAttribute("aria-valuetext", `step ${moment.step}`);
  while (walls.children.length > moment.frames.length) walls.lastChild.remove();
  moment.frames.forEach((frame, place) => {
    if (!walls.children[place]) {
      const figure = document.createElement("figure"), caption = document.createElement("figcaption");
      figure.append(caption, document.createElement("canvas"));
      walls.append(figure);
    }
    const [caption, canvas] = walls.children[place].children;
    caption.textContent = `${frame.kind} attention`;
    canvas.setAttribute("aria-label", `${frame.kind} attention at step ${moment.step}`);
    draw(canvas, frame);
  });
  drawLine();
}

function nearest(step) {
  let best = 0;
  film.moments.forEach((moment, index) => { if (Math.abs(moment.step - step) < Math.abs(film.moments[best].step - step)) best = index; });
  return best;
}

function play(on) {
  clearInterval(timer);
  timer = 0;
  if (on) {
    if (now >= film.moments.length - 1) show(0);
    timer = setInterval(() => { if (now >= film.moments.length - 1) play(false); else show(now + 1); }, 100);
  }
  at("play").textContent = timer ? "❚❚" : "▶";
  at("play").setAttribute("aria-label", timer ? "Stay" : "Play");
}

function follow(event) {
  play(false);
  show(nearest((event.offsetX - 8) / Math.max(1, line.clientWidth - 16) * film.total));
}

at("name").textContent = film.name;
for (const change of film.changes) {
  const row = document.createElement("li"), button = document.createElement("button");
  button.type = "button";
  button.textContent = change.said;
  button.addEventListener("click", () => { play(false); show(nearest(change.step)); });
  row.append(button);
  at("changes").append(row);
}
at("play").addEventListener("click", () => play(!timer));
line.addEventListener("pointerdown", follow);
line.addEventListener("pointermove", (event) => { if (event.buttons & 1) follow(event); });
document.addEventListener("keydown", (event) => {
  const moves = { ArrowLeft: now - 1, ArrowRight: now + 1, PageUp: now - 10, PageDown: now + 10, Home: 0, End: film.moments.length - 1 };
  if (event.key in moves) { play(false); show(moves[event.key]); event.preventDefault(); }
  if (event.key === " " && event.target.tagName !== "BUTTON") { play(!timer); event.preventDefault(); }
});
addEventListener("resize", () => show(now));
show(film.moments.length - 1);
