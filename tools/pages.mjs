// Pages of the published folder that can be read, searched and previewed: surface/NAME.html and lesson/N.html (N.de.html and so on). Each has the lab on top, under
// it what it is about as plain text; its title, its sentence and its picture are what a chat or a search engine shows of a link to it.
import {execFileSync, spawnSync} from 'node:child_process';
import {existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync} from 'node:fs';
import {dirname, join} from 'node:path';

const LANGUAGES = ['en', 'de', 'es', 'zh', 'he'], RIGHT_TO_LEFT = ['he'], PREVIEW = '1200x630';  // what previews are shown at
const SAY = {
  en: {open: 'Open in the whole lab', lessons: 'Lessons', name: 'Stride, the learning-rate laboratory',
       surface: (name) => `The loss surface ${name}: drag the learning rate, and see what every step of the descent becomes.`},
  de: {open: 'Im ganzen Labor öffnen', name: 'Stride, das Labor für Lernraten'},
  es: {open: 'Abrir en el laboratorio completo', name: 'Stride, el laboratorio de tasas de aprendizaje'},
  zh: {open: '在完整的实验室中打开', name: 'Stride，学习率实验室'},
  he: {open: 'פתיחה במעבדה המלאה', name: 'Stride, מעבדה לקצב הלמידה'},
};

const escaped = (words) => String(words).replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');
/// A formula's indices, roots and fractions, without their boxes.
function formula(text) {
  const within = '\\{([^{}]*)\\}';
  for (let before = ''; before !== text;) {
    before = text;
    text = text.replace(new RegExp(`\\\\sqrt${within}`), '√$1').replace(new RegExp(`\\\\frac${within}${within}`), '($1)/($2)')
        .replace(new RegExp(`\\^(?:${within}|(.))`, 'u'), '<sup>$1$2</sup>').replace(new RegExp(`_(?:${within}|(.))`, 'u'), '<sub>$1$2</sub>');
  }
  return text.replace(/\((√?\p{L})\)/gu, '$1');
}
/// Settings that the lab takes are words here.
const inline = (text) => escaped(text).replace(/\[([^\]]*)\]\(set:[^)]*\)/g, '$1').replace(/\$([^$]*[\^_\\][^$]*)\$/g, (_, given) => formula(given)).replace(/\*\*(.+?)\*\*/g, '<strong>$1</strong>').replace(/`([^`]+)`/g, '<code>$1</code>');

/// A lesson's screens as HTML: headings, paragraphs, lists; what only the lab shows is left out.
function htmlOf(markdown) {
  const blocks = markdown.replace(/^```[^]*?^```$/gm, '').split(/\n{2,}|\n(?=## )|(?<=^## .*)\n/m).map((block) => block.trim()).filter(Boolean);
  return blocks.map((block) => {
    if (block.startsWith('## ')) return `<h2>${inline(block.slice(3))}</h2>`;
    if (block.startsWith('- ')) return `<ul>${block.split(/\n(?=- )/).map((item) => `<li>${inline(item.slice(2).replaceAll('\n', ' '))}</li>`).join('')}</ul>`;
    return `<p>${inline(block.replaceAll('\n', ' '))}</p>`;
  }).join('\n');
}

function readLesson(file) {
  const [, header, body] = /^---\n([^]*?)\n---\n([^]*)$/.exec(readFileSync(file, 'utf8')), {title, sources = []} = JSON.parse(header);
  const html = htmlOf(body), first = /<p>([^]*?)<\/p>/.exec(html)[1].replace(/<[^>]+>/g, '');
  return {title, sources, html, first};
}

const lessonFile = (number, code) => `lesson/${number}${code === 'en' ? '' : '.' + code}.html`;

/// Writes them into `out`; what index.html has of them: `head` for previews, `noscript` for readers without script. `address`: where the folder will be, '' if nobody
/// knows; `command`: the command line `stride`, which draws the pictures of previews.
export function writePages({web, out, address = '', command = ''}) {
  const lessonsIn = (code) => existsSync(join(web, 'lessons', code)) ? readdirSync(join(web, 'lessons', code)).filter((name) => name.endsWith('.md')).sort() : [];
  const languages = LANGUAGES.filter((code) => lessonsIn(code).length === lessonsIn('en').length);  // a page of each lesson in each
  const drawn = command && spawnSync(command, ['list']).status === 0;
  const write = (name, text) => {
    mkdirSync(dirname(join(out, name)), {recursive: true});
    writeFileSync(join(out, name), text);
  };

  /// A picture for previews, which show no SVG; '' where there is no command to draw it, or no address to name it by.
  function preview(name, link) {
    if (!drawn || !address) return '';
    mkdirSync(join(out, 'previews'), {recursive: true});
    const scenario = link.startsWith('{') ? link : execFileSync(command, ['link', '--decode', link]);
    execFileSync(command, ['render', '-', '--out', join(out, `previews/${name}.png`), '--size', PREVIEW], {input: scenario});
    return `${address}previews/${name}.png`;
  }

  const tags = (title, sentence, picture, path) => `<meta name="description" content="${escaped(sentence)}">
<meta property="og:type" content="website"><meta property="og:title" content="${escaped(title)}"><meta property="og:description" content="${escaped(sentence)}">` +
      (address ? `<meta property="og:url" content="${escaped(address + path)}"><link rel="canonical" href="${escaped(address + path)}">` : '') +
      (picture ? `<meta property="og:image" content="${escaped(picture)}"><meta property="og:image:width" content="1200"><meta property="og:image:height" content="630"><meta name="twitter:card" content="summary_large_image">` : '');

  const page = ({code, path, title, sentence, picture, attributes, poster, link, body, others}) => write(path, `<!doctype html>
<html lang="${code}"${RIGHT_TO_LEFT.includes(code) ? ' dir="rtl"' : ''}>
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escaped(title)} · ${SAY[code].name}</title>
${tags(title, sentence, picture, path)}
<link rel="icon" type="image/svg+xml" href="../icon.svg">
${others}<link rel="stylesheet" href="../stride-lab.css">
<link rel="stylesheet" href="../reading.css">
<script type="module" src="../stride-lab.js"></script>
</head>
<body>
<h1>${escaped(title)}</h1>
<stride-lab ${attributes} poster="${poster}"><a href="${link}"><img src="${poster}" alt=""></a></stride-lab>
<p><a href="${link}">${SAY[code].open}</a></p>
${body}
</body>
</html>
`);

  const names = readdirSync(join(web, 'posters')), made = [];
  const surfaces = names.filter((name) => /^[a-z]\w*\.svg$/.test(name)).map((name) => name.slice(0, -4));
  for (const name of surfaces) {
    const title = name.replaceAll('_', ' '), path = `surface/${name}.html`;
    page({code: 'en', path, title: title[0].toUpperCase() + title.slice(1), sentence: SAY.en.surface(title), picture: preview(name, `?surface=${name}`), attributes: `surface="${name}"`,
          poster: `../posters/${name}.svg`, link: `../index.html?surface=${name}`, body: `<p>${escaped(SAY.en.surface(title))}</p>`, others: ''});
    made.push([path, title]);
  }
  const index = {surfaces: made.splice(0), lessons: []};
  for (const code of languages) {
    const folder = join(web, 'lessons', code), files = lessonsIn(code);
    for (const [at, file] of files.entries()) {
      const number = at + 1, {title, sources, html, first} = readLesson(join(folder, file)), path = lessonFile(number, code);
      const others = languages.filter((other) => other !== code).map((other) => `<link rel="alternate" hreflang="${other}" href="../${lessonFile(number, other)}">\n`).join('');
      const scenario = JSON.parse(/^---\n([^]*?)\n---\n/.exec(readFileSync(join(folder, file), 'utf8'))[1]).scenario;
      page({code, path, title, sentence: first, picture: code === 'en' ? preview(`lesson-${number}`, JSON.stringify({stride: 1, ...scenario})) : drawn && address ? `${address}previews/lesson-${number}.png` : '',
            attributes: `lesson="${number}"`, poster: `../posters/lesson-${number}.svg`, link: `../index.html?lesson=${number}&amp;lang=${code}`,
            body: html + (sources.length ? `\n<ul class="sources">${sources.map((source) => `<li>${escaped(source)}</li>`).join('')}</ul>` : ''), others});
      if (code === 'en') index.lessons.push([path, title]);
    }
  }
  write('reading.css', 'body{max-width:76ch;margin:0 auto;padding:16px;font:17px/1.6 system-ui,sans-serif;color:#1f2328;background:#fff}h1{font-size:28px}h2{font-size:20px}.sources{font-size:14px;color:#59636e}\n' +
        '@media(prefers-color-scheme:dark){body{color:#e6edf3;background:#161c24}a{color:#58a6ff}.sources{color:#9198a1}}\n');
  if (address) {
    const all = ['index.html', ...[...index.surfaces, ...index.lessons].map(([path]) => path), ...index.lessons.flatMap(([path]) => languages.slice(1).map((code) => path.replace('.html', `.${code}.html`)))];
    write('sitemap.xml', `<?xml version="1.0" encoding="UTF-8"?>\n<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n${all.map((path) => `<url><loc>${escaped(address + path)}</loc></url>\n`).join('')}</urlset>\n`);
  }
  /// For index.html: what it is previewed as, and where to read without script.
  const list = (entries) => `<ul>${entries.map(([path, title]) => `<li><a href="${path}">${escaped(title)}</a></li>`).join('')}</ul>`;
  return {
    head: tags('Stride: a learning-rate laboratory', 'Change one number and see at once what every step of the descent becomes.', preview('rosenbrock', '?surface=rosenbrock'), '').replace(/^<meta name="description"[^>]*>\n/, '') + '\n',
    noscript: `<h2>${SAY.en.lessons}</h2>${list(index.lessons)}`,
  };
}
