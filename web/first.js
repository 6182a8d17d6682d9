// Before anything else, and without the modules that it watches over: the theme that was chosen last time, so that the page does not flash
// in the other one; and a sentence, a picture and a way to try again where the lab does not come.
(() => {
  const PATIENCE = 8000;  // milliseconds
  const LATE = 0, BROKEN = 1, FROM_DISK = 2, AGAIN = 3;
  const WORDS = {
    en: ['Stride has not come yet. The connection may be slow, or one of its files cannot be reached.',
         'Stride could not be loaded: one of its files is missing or damaged.',
         'Stride could not be loaded: a browser reads no modules from a disk. Open stride-lab-offline.html instead, or the folder through a server.',
         'Try again'],
    de: ['Stride ist noch nicht da. Die Verbindung ist langsam, oder eine seiner Dateien ist nicht zu erreichen.',
         'Stride konnte nicht geladen werden: Eine seiner Dateien fehlt oder ist beschädigt.',
         'Stride konnte nicht geladen werden: Von einem Datenträger liest ein Browser keine Module. Öffne stride-lab-offline.html oder den ' +
             'Ordner über einen Server.', 'Noch einmal versuchen'],
    es: ['Stride aún no ha llegado. La conexión puede ser lenta, o uno de sus archivos no está accesible.',
         'No se pudo cargar Stride: falta uno de sus archivos o está dañado.',
         'No se pudo cargar Stride: un navegador no lee módulos desde un disco. Abra stride-lab-offline.html, o la carpeta a través de un servidor.',
         'Intentar de nuevo'],
    zh: ['Stride 还没有出现。网络可能很慢，或者有文件无法访问。', '无法加载 Stride：有一个文件缺失或已损坏。',
         '无法加载 Stride：浏览器不能从磁盘读取模块。请改为打开 stride-lab-offline.html，或通过服务器打开此文件夹。', '重试'],
    he: ['Stride עדיין לא הגיע. ייתכן שהחיבור איטי, או שאין גישה לאחד הקבצים שלו.', 'לא ניתן לטעון את Stride: אחד הקבצים שלו חסר או פגום.',
         'לא ניתן לטעון את Stride: דפדפן אינו קורא מודולים מהדיסק. אפשר לפתוח את stride-lab-offline.html, או את התיקייה דרך שרת.', 'לנסות שוב'],
  };
  const root = document.documentElement, query = new URLSearchParams(location.search);
  let kept = '';
  try {
    const theme = localStorage.getItem('stride-theme');
    if (theme === 'dark' || theme === 'light') root.dataset.theme = theme;
    kept = localStorage.getItem('stride-language');
  } catch {
    // Storage is refused: the system's theme and language it is.
  }
  const code = [query.get('lang'), kept, navigator.language].map((asked) => String(asked).slice(0, 2).toLowerCase()).find((own) => WORDS[own]);
  const words = WORDS[code] ?? WORDS.en;

  /// Shows a sentence instead of the lab. What had been shown before goes.
  globalThis.strideFails = (sentence) => {
    const message = document.getElementById('message'), again = document.createElement('button'), picture = new Image();
    if (!message) return;
    root.dataset.state = 'failed';
    message.textContent = sentence;
    message.dir = 'auto';
    message.parentNode.replaceChildren(message, again);
    again.textContent = words[AGAIN];
    again.addEventListener('click', () => location.reload());
    if (document.getElementById('files')) return;  // the offline page has no pictures
    picture.alt = '';
    picture.addEventListener('load', () => message.before(picture));
    picture.src = `posters/${encodeURIComponent(query.get('lesson') ? `lesson-${query.get('lesson')}` : query.get('surface') || 'rosenbrock')}.svg`;
  };
  const fail = (which) => root.dataset.state === 'loading' && globalThis.strideFails(words[which]);
  // In a tab that nobody sees the lab has nothing to draw on.
  const look = () => document.hidden ? addEventListener('visibilitychange', wait, {once: true}) : fail(LATE);
  const wait = () => setTimeout(look, PATIENCE);
  wait();
  // A script runs when the styles before it are there, or will never be.
  let rules = 0;
  try {
    rules = document.styleSheets[0].cssRules.length;
  } catch {
    // The sheet of a file that could not be had may not be read.
  }
  const broken = () => fail(location.protocol === 'file:' ? FROM_DISK : BROKEN);
  if (!rules) document.addEventListener('readystatechange', broken, {once: true});
  addEventListener('error', ({target, error}) => {
    if (error || target.localName === 'script') broken();
  }, true);
})();
