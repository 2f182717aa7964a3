import S3rver from 's3rver';

/* The S3 server, in a process that goes with its parent: `node s3-process.mjs <folder> <port>`; it sends the port it took. */

const [, , directory, wanted] = process.argv;
const server = new S3rver({ address: '127.0.0.1', port: Number(wanted), silent: true, directory });
const { port } = await server.run();
process.on('disconnect', () => process.exit());
process.send(port);
