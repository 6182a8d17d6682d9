// docs/hosting.md's configurations of nginx and Caddy, run as they stand there but for port and folder: packed files, names that may be kept, types,
// and the lab in a browser. STRIDE_SERVERS is where Debian's packages have been unpacked.
import assert from 'node:assert/strict';
import {execFileSync} from 'node:child_process';
import {mkdirSync, mkdtempSync, readFileSync, readdirSync, renameSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {after, before, test} from 'node:test';
import {get} from 'node:http';
import {fileURLToPath} from 'node:url';
import {brotliDecompressSync, gunzipSync} from 'node:zlib';
import {LabPage, launch, WEB} from '../browser/helpers.mjs';
import {freePort, start as startServer} from './processes.mjs';

const ROOT = fileURLToPath(new URL('../..', import.meta.url)), SERVERS = process.env.STRIDE_SERVERS;
const folder = mkdtempSync(join(tmpdir(), 'stride-servers-')), site = join(folder, 'www/stride');
const running = [];
let browser;

before(async () => {
  mkdirSync(join(folder, 'www'), {recursive: true});
  execFileSync('node', [join(ROOT, 'tools/publish.mjs'), '--web', WEB, '--out', join(folder, 'made')]);
  renameSync(join(folder, 'made'), site);
  browser = await launch();
});
after(async () => {
  await browser?.close();
  for (const server of running) server.end();
  rmSync(folder, {recursive: true, force: true});
});

/// What docs/hosting.md says in a language, with this test's port and folder.
function documented(language, port) {
  const text = readFileSync(join(ROOT, 'docs/hosting.md'), 'utf8').match(new RegExp('```' + language + '\\n([^]*?)```'))[1];
  return text.replace(/listen 80;|^:80 /m, (place) => place.startsWith('listen') ? `listen 127.0.0.1:${port};` : `http://127.0.0.1:${port} `).replace('/srv/www', join(folder, 'www'));
}

const START = {
  async nginx(port) {
    const home = join(folder, 'nginx'), file = join(folder, 'nginx.conf');
    for (const name of ['body', 'proxy', 'fastcgi', 'uwsgi', 'scgi']) mkdirSync(join(home, name), {recursive: true});
    writeFileSync(file, `daemon off; pid ${home}/pid; error_log stderr; ${process.getuid() === 0 ? 'user root;' : ''}
load_module ${SERVERS}/usr/lib/nginx/modules/ngx_http_brotli_static_module.so;
events {}
http {
  include ${SERVERS}/etc/nginx/mime.types; access_log off;
  client_body_temp_path ${home}/body; proxy_temp_path ${home}/proxy; fastcgi_temp_path ${home}/fastcgi; uwsgi_temp_path ${home}/uwsgi; scgi_temp_path ${home}/scgi;
${documented('nginx', port)}}`);
    return [`${SERVERS}/usr/sbin/nginx`, '-e', 'stderr', '-p', home, '-c', file];
  },
  async caddy(port) {
    const file = join(folder, 'Caddyfile');
    writeFileSync(file, `{\n  admin off\n}\n${documented('caddy', port)}`);
    return [`${SERVERS}/usr/bin/caddy`, 'run', '--config', file, '--adapter', 'caddyfile'];
  },
};

/// Status, headers and bytes as they travel.
const ask = (address, accept) => new Promise((done, failed) => {
  get(address, {headers: {'accept-encoding': accept}, signal: AbortSignal.timeout(20000)}, (response) => {
    const parts = [];
    response.on('data', (part) => parts.push(part)).on('end', () => done({status: response.statusCode, headers: response.headers, bytes: Buffer.concat(parts)}));
  }).on('error', failed);
});

async function start(name) {
  const port = await freePort(), [command, ...words] = await START[name](port);
  const server = startServer(command, words, {env: {...process.env, HOME: folder, XDG_DATA_HOME: folder, XDG_CONFIG_HOME: folder}});
  running.push(server);
  const origin = `http://127.0.0.1:${port}`;
  for (const end = Date.now() + 60000;;) {
    if (server.child.exitCode !== null || Date.now() > end) throw new Error(`${name} did not start: ${server.said()}`);
    if (await ask(origin + '/stride/index.html', '').then(() => true, () => false)) return origin;
    await new Promise((go) => setTimeout(go, 100));
  }
}

for (const name of Object.keys(START)) {
  test(`${name}, as docs/hosting.md configures it`, {timeout: 180000}, async () => {
    const origin = await start(name), version = readdirSync(site).find((file) => /^\d.*-[0-9a-f]{10}$/.test(file));
    const files = [['index.html', 'text/html', 'no-cache'], [`${version}/stride-program.wasm`, 'application/wasm', 'public, max-age=31536000, immutable'],
                   [`${version}/canvas.js`, 'javascript', 'public, max-age=31536000, immutable'], ['stride-lab.js', 'javascript', 'no-cache']];
    for (const [file, type, kept] of files) {
      const bytes = readFileSync(join(site, file));
      for (const [accept, unpacked] of [['br, gzip', brotliDecompressSync], ['gzip', gunzipSync], ['identity', (raw) => raw]]) {
        const {status, headers, bytes: came} = await ask(`${origin}/stride/${file}`, accept), packed = bytes.length >= 1000 && accept !== 'identity';
        assert.equal(status, 200, file);
        assert.equal(headers['content-encoding'], packed ? accept.split(',')[0] : undefined, `${file} for ${accept}`);
        assert.deepEqual(packed ? unpacked(came) : came, bytes, file);
        assert.ok(headers['content-type'].includes(type), `${file}: ${headers['content-type']}`);
        assert.deepEqual([headers['cache-control'], headers['access-control-allow-origin']], [kept, '*'], file);
      }
    }
    assert.equal((await ask(`${origin}/stride/nothing.html`, '')).status, 404);
    const lab = await LabPage.open(browser, origin, {path: '/stride/?surface=beale'});
    assert.equal((await lab.scenario()).problem.surface, 'beale');
    const transferred = await lab.page.evaluate(() => performance.getEntriesByType('resource').filter(({name: n}) => n.endsWith('stride-program.wasm')).map(({transferSize: s}) => s));
    assert.ok(transferred[0] > 0 && transferred[0] < 420e3, `${transferred} bytes`);
    assert.deepEqual(lab.errors, []);
    await lab.context.close();
  });
}
