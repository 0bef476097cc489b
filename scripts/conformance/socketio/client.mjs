// Drives an unmodified socket.io-client and prints what it hears, one JSON object per line.
// Usage: node client.mjs <url> <options> <emits> <last event> <how many of them>
// <options>: of io(), as JSON; <emits>: list of argument lists, as JSON; the word "ack" at the end
// of one asks for an acknowledgement.
import { io } from "socket.io-client";

const [url, options, emits, last, count] = process.argv.slice(2);
const socket = io(url, JSON.parse(options));
const say = (event, args = []) => console.log(JSON.stringify({ event, args }));
let heard = 0;

const leave = () => {
  if (!socket.connected && last === "upgrade") {
    socket.once("connect", leave);
    return;
  }
  socket.disconnect();
  process.exitCode = 0;
};

const note = (event) => {
  if (event === last && ++heard === Number(count)) {
    leave();
  }
};

setTimeout(() => {
  say("timeout");
  process.exit(2);
}, 60000).unref();

socket.io.on("open", () => {
  say("open", [socket.io.engine.transport.name]);
  socket.io.engine.on("upgrade", (transport) => {
    say("upgrade", [transport.name]);
    note("upgrade");
  });
});
socket.on("connect", () => {
  say("connect", [socket.id !== socket.io.engine.id]);
  for (const args of JSON.parse(emits)) {
    if (args.at(-1) === "ack") {
      socket.emit(...args.slice(0, -1), (...answer) => {
        say("ack", answer);
        note("ack");
      });
    } else {
      socket.emit(...args);
    }
  }
});
socket.on("connect_error", (error) => {
  say("connect_error", [error.message]);
  note("connect_error");
});
socket.on("disconnect", (reason) => say("disconnect", [reason]));
socket.onAny((event, ...args) => {
  say(event, args);
  note(event);
});
