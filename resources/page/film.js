"use strict";
// Plays one film, or two in step: at each stop every run shows a moment with the attention of all heads as bytes; a byte b stands
// for (b / 255)². Where cells of two runs belong together, B − A is drawn beside them, else the page says why not.
const film = JSON.parse(document.getElementById("data").textContent);
const at = (id) => document.getElementById(id);
const line = at("line"), walls = at("walls"), GAP = 5, two = film.sides.length > 1;
const LETTER = ["A", "B"], SCALES = { step: "step", share: "share of the training", tokens: "tokens read" };
const WEIGHTS = [[68, 1, 84], [72, 40, 120], [62, 74, 137], [49, 104, 142], [38, 130, 142], [31, 158, 137], [53, 183, 121], [109, 205, 89], [180, 222, 44], [253, 231, 37]];
const SIGNED = [[103, 0, 31], [214, 96, 77], [247, 247, 247], [67, 147, 195], [5, 48, 97]];
let now = 0, timer = 0;

function colour(scale, share) {
  const place = Math.min(Math.max(share, 0), 1) * (scale.length - 1), low = Math.min(Math.floor(place), scale.length - 2);
  return scale[low].map((part, index) => Math.round(part + (scale[low + 1][index] - part) * (place - low)));
}
const table = Array.from({ length: 256 }, (_, byte) => colour(WEIGHTS, (byte / 255) ** 2));

function bytes(frame) {
  if (!frame.bytes) frame.bytes = Uint8Array.from(atob(frame.data), (sign) => sign.charCodeAt(0));
  return frame.bytes;
}

function shades(frame) {
  const values = bytes(frame);
  return (place) => table[values[place]];
}

function differences(one, other) {
  const a = bytes(one), b = bytes(other);
  return (place) => {
    const difference = (b[place] ** 2 - a[place] ** 2) / 255 ** 2;
    return colour(SIGNED, (Math.sign(difference) * Math.sqrt(Math.abs(difference)) + 1) / 2);
  };
}

function draw(canvas, frame, shade) {
  const [layers, heads, queries, keys] = frame.shape, room = Math.min(innerWidth - 60, two ? 460 : 900);
  const cell = Math.max(1, Math.min(12, Math.floor((room / heads - GAP) / keys)));
  canvas.width = heads * (keys * cell + GAP) - GAP;
  canvas.height = layers * (queries * cell + GAP) - GAP;
  const pen = canvas.getContext("2d");
  for (let layer = 0; layer < layers; layer++) for (let head = 0; head < heads; head++) {
    const small = new ImageData(keys, queries), from = (layer * heads + head) * queries * keys;
    for (let place = 0; place < queries * keys; place++) {
      const [red, green, blue] = shade(from + place);
      small.data.set([red, green, blue, 255], 4 * place);
    }
    const tile = new OffscreenCanvas(keys, queries);
    tile.getContext("2d").putImageData(small, 0, 0);
    pen.imageSmoothingEnabled = false;
    pen.drawImage(tile, head * (keys * cell + GAP), layer * (queries * cell + GAP), keys * cell, queries * cell);
  }
}

function xOf(place) { return 8 + (line.width - 16) * place / Math.max(1e-12, film.end); }

function drawLine() {
  line.width = line.clientWidth;
  line.height = line.clientHeight;
  const pen = line.getContext("2d"), style = getComputedStyle(document.documentElement);
  pen.fillStyle = style.getPropertyValue("--muted");
  for (const stop of film.stops) pen.fillRect(xOf(stop.at), line.height - 8, 1, 6);
  film.sides.forEach((side, number) => {
    pen.fillStyle = style.getPropertyValue(number ? "--mark-b" : "--mark");
    for (const change of side.changes) {
      const x = xOf(change.at), y = 7 + 10 * number;
      pen.beginPath();
      pen.moveTo(x, y - 4); pen.lineTo(x + 4, y); pen.lineTo(x, y + 4); pen.lineTo(x - 4, y);
      pen.fill();
    }
  });
  pen.fillStyle = style.getPropertyValue("--accent");
  pen.fillRect(xOf(film.stops[now].at) - 1, 0, 2, line.height);
}

function answer(moment) {
  const likely = moment.likely.map(([name, share]) => `${name} ${Math.round(100 * share)} %`).join(" · ");
  return likely ? `The model says: ${likely}` : moment.says ? `The model writes: ${moment.says}` : "";
}

// What is to be seen of each kind of attention: [caption, label, frame, shade], or [caption, reason] where nothing is drawn.
function panels(moments, stop) {
  if (!two) return moments[0].frames.map((frame) => [`${frame.kind} attention`, `step ${moments[0].step}`, frame, shades(frame)]);
  return Object.entries(stop.apart).flatMap(([kind, apart]) => {
    const frames = moments.map((moment) => moment.frames.find((frame) => frame.kind === kind));
    const sides = frames.map((frame, side) => {
      const caption = `${LETTER[side]} · ${kind} attention`;
      return frame ? [caption, `step ${moments[side].step}`, frame, shades(frame)] : [caption, "none"];
    });
    const caption = `B − A · ${kind} attention`;
    return [...sides, apart ? [caption, apart] : [caption, "difference", frames[1], differences(...frames)]];
  });
}

function show(index) {
  now = Math.min(Math.max(index, 0), film.stops.length - 1);
  const stop = film.stops[now], moments = stop.moments.map((moment, side) => film.sides[side].moments[moment]);
  const same = moments.every((moment) => moment.text === moments[0].text);
  at("text").textContent = same ? moments[0].text : `The films are of different texts. A: ${moments[0].text} · B: ${moments[1].text}`;
  moments.forEach((moment, side) => {
    const head = two ? `${LETTER[side]}: ${film.sides[side].name} · step ${moment.step} of ${film.sides[side].total}` : "";
    at("answers").children[side].textContent = [head, answer(moment)].filter(Boolean).join(" · ");
  });
  const steps = moments.map((moment) => moment.step).join(" and ");
  at("where").textContent = `step ${steps} · ${now + 1} of ${film.stops.length}`;
  line.setAttribute("aria-valuemax", film.stops.length - 1);
  line.setAttribute("aria-valuenow", now);
  line.setAttribute("aria-valuetext", `step ${steps}`);
  const shown = panels(moments, stop);
  while (walls.children.length > shown.length) walls.lastChild.remove();
  shown.forEach(([caption, label, frame, shade], place) => {
    if (!walls.children[place]) {
      const figure = document.createElement("figure");
      figure.append(document.createElement("figcaption"), document.createElement("canvas"), document.createElement("p"));
      walls.append(figure);
    }
    const [title, canvas, reason] = walls.children[place].children;
    title.textContent = caption;
    canvas.hidden = !frame;
    reason.hidden = Boolean(frame);
    reason.textContent = frame ? "" : label;
    canvas.setAttribute("aria-label", `${caption}, ${label}`);
    if (frame) draw(canvas, frame, shade);
  });
  drawLine();
}

function nearest(place) {
  let best = 0;
  film.stops.forEach((stop, index) => { if (Math.abs(stop.at - place) < Math.abs(film.stops[best].at - place)) best = index; });
  return best;
}

function play(on) {
  clearInterval(timer);
  timer = 0;
  if (on) {
    if (now >= film.stops.length - 1) show(0);
    timer = setInterval(() => { if (now >= film.stops.length - 1) play(false); else show(now + 1); }, 100);
  }
  at("play").textContent = timer ? "❚❚" : "▶";
  at("play").setAttribute("aria-label", timer ? "Stay" : "Play");
}

function follow(event) {
  play(false);
  show(nearest((event.offsetX - 8) / Math.max(1, line.clientWidth - 16) * film.end));
}

at("name").textContent = film.sides.map((side) => side.name).join(" · ") + (two ? ` · aligned by ${SCALES[film.by]}` : "");
at("signed").hidden = !two;
walls.classList.toggle("two", two);
film.sides.forEach((side, number) => {
  at("answers").append(document.createElement("p"));
  for (const change of side.changes) {
    const row = document.createElement("li"), button = document.createElement("button");
    button.type = "button";
    button.textContent = two ? `${LETTER[number]}: ${change.said}` : change.said;
    button.addEventListener("click", () => { play(false); show(nearest(change.after)); });
    row.append(button);
    at("changes").append(row);
  }
});
at("play").addEventListener("click", () => play(!timer));
line.addEventListener("pointerdown", follow);
line.addEventListener("pointermove", (event) => { if (event.buttons & 1) follow(event); });
document.addEventListener("keydown", (event) => {
  const moves = { ArrowLeft: now - 1, ArrowRight: now + 1, PageUp: now - 10, PageDown: now + 10, Home: 0, End: film.stops.length - 1 };
  if (event.key in moves) { play(false); show(moves[event.key]); event.preventDefault(); }
  if (event.key === " " && event.target.tagName !== "BUTTON") { play(!timer); event.preventDefault(); }
});
addEventListener("resize", () => show(now));
show(film.stops.length - 1);
