import { connect } from 'node:net';

/** How long a broken request waits for an answer that may never come. */
const PATIENCE_MS = 1_500;

/**
 * Write these bytes to a server as they are, and hang up once it has answered, or does not seem to. Returns what came
 * back, as text.
 */
export function sendRaw(url: string, bytes: string | Buffer): Promise<string> {
  const { hostname, port } = new URL(url);
  return new Promise((resolve) => {
    let answer = '';
    const socket = connect(Number(port), hostname, () => socket.write(bytes));
    socket.setTimeout(PATIENCE_MS, () => socket.destroy());
    socket.on('data', (data) => {
      answer += data.toString('latin1');
      if (answer.includes('\r\n\r\n')) socket.end();
    });
    // Being hung up on is an answer too.
    socket.on('error', () => socket.destroy());
    socket.on('close', () => resolve(answer));
  });
}
