// A static server for build/web: node tools/serve.mjs [--port N] [FOLDER]. Nothing is cached, so that a new build is what a reload shows.
import {createReadStream} from 'node:fs';
import {readFile, stat} from 'node:fs/promises';
import {createServer} from 'node:http';
import {extname, join, normalize, resolve} from 'node:path';
import {fileURLToPath} from 'node:url';
import {promisify} from 'node:util';
import {brotliCompress, constants} from 'node:zlib';

const TYPES = {
  '.html': 'text/html; charset=utf-8', '.js': 'text/javascript', '.mjs': 'text/javascript', '.css': 'text/css', '.svg': 'image/svg+xml',
  '.wasm': 'application/wasm', '.json': 'application/json', '.png': 'image/png', '.txt': 'text/plain; charset=utf-8', '.xml': 'application/xml',
};

const PACKED = /^\.(html|js|mjs|css|svg|wasm|json)$/;
const packed = new Map();

/// A file as brotli, made when it is first asked for.
function pack(file, changed) {
  const key = `${file} ${changed}`;
  if (!packed.has(key))
    packed.set(key, readFile(file).then((bytes) => promisify(brotliCompress)(bytes, {params: {[constants.BROTLI_PARAM_QUALITY]: 11}})));
  return packed.get(key);
}

/// Serves `folder` at 127.0.0.1; port 0 is any free one; `compress`: with brotli. Resolves to {origin, close()}.
export async function serve(folder, {port = 0, headers = {}, compress = false} = {}) {
  const server = createServer(async (request, response) => {
    try {
      const path = normalize(decodeURIComponent(new URL(request.url, 'http://x').pathname));
      const file = join(folder, path.endsWith('/') ? path + 'index.html' : path);
      const about = await stat(file);
      if (!about.isFile()) throw new Error('not a file');
      const type = TYPES[extname(file)] ?? 'application/octet-stream';
      const brotli = compress && PACKED.test(extname(file)) && /\bbr\b/.test(request.headers['accept-encoding'] ?? '');
      const body = brotli ? await pack(file, about.mtimeMs) : null;
      response.writeHead(200, {'content-type': type, 'cache-control': 'no-store', ...(brotli && {'content-encoding': 'br', vary: 'accept-encoding'}), ...headers});
      if (request.method === 'HEAD') response.end();
      else if (body) response.end(body);
      else createReadStream(file).on('error', () => response.destroy()).pipe(response);
    } catch {
      response.writeHead(404, {'content-type': 'text/plain'}).end('Not found\n');
    }
  });
  await new Promise((listening, failed) => server.once('error', failed).listen(port, '127.0.0.1', listening));
  return {origin: `http://127.0.0.1:${server.address().port}`, close: () => new Promise((done) => {
    server.close(done);
    server.closeAllConnections();  // a browser may keep one for as long as it likes
  })};
}

if (process.argv[1] && resolve(process.argv[1]) === fileURLToPath(import.meta.url)) {
  const args = process.argv.slice(2);
  const at = args.indexOf('--port');
  const port = at < 0 ? 8080 : Number(args.splice(at, 2)[1]);
  try {
    const {origin} = await serve(args[0] ?? 'build/web', {port});
    console.log(`Stride is at ${origin}   (Ctrl+C ends)`);
  } catch (error) {
    const why = error.code === 'EADDRINUSE' ? `Port ${port} is in use: choose another with --port N.` : error.message;
    console.error(why);
    process.exit(1);
  }
}
