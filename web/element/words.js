// The element's own few words: it says them before anything is fetched.

export const WORDS = {
  en: {title: 'Stride: a learning-rate laboratory', start: 'Start the learning-rate lab', loading: 'Loading the lab …', again: 'Try again', open: 'Open the lab in a page of its own',
       late: 'The lab has not come yet. The connection may be slow, or one of its files cannot be reached.',
       unreached: 'Stride could not be loaded: its files cannot be reached from this page.'},
  de: {title: 'Stride: ein Labor für Lernraten', start: 'Das Lernraten-Labor starten', loading: 'Das Labor wird geladen …', again: 'Noch einmal versuchen',
       open: 'Das Labor auf einer eigenen Seite öffnen',
       late: 'Das Labor ist noch nicht da. Die Verbindung ist langsam, oder eine seiner Dateien ist nicht zu erreichen.',
       unreached: 'Stride konnte nicht geladen werden: Seine Dateien sind von dieser Seite aus nicht zu erreichen.'},
  es: {title: 'Stride: un laboratorio de tasas de aprendizaje', start: 'Iniciar el laboratorio de la tasa de aprendizaje', loading: 'Cargando el laboratorio …', again: 'Intentar de nuevo',
       open: 'Abrir el laboratorio en una página propia',
       late: 'El laboratorio aún no ha llegado. La conexión puede ser lenta, o uno de sus archivos no está accesible.',
       unreached: 'No se pudo cargar Stride: no se puede acceder a sus archivos desde esta página.'},
  zh: {title: 'Stride：学习率实验室', start: '启动学习率实验室', loading: '正在加载实验室…', again: '再试一次', open: '在单独的页面打开实验室',
       late: '实验室还没有到。可能是连接缓慢，或有一个文件无法访问。', unreached: '无法加载 Stride：从此页面无法访问它的文件。'},
  he: {title: 'Stride: מעבדה לקצב הלמידה', start: 'הפעלת מעבדת קצב הלמידה', loading: 'המעבדה נטענת …', again: 'לנסות שוב', open: 'פתיחת המעבדה בדף משלה',
       late: 'המעבדה עדיין לא הגיעה. ייתכן שהחיבור איטי, או שאין גישה לאחד מקבציה.', unreached: 'לא ניתן לטעון את Stride: אין גישה לקבציו מדף זה.'},
};

/// What a page that holds nothing but a lab is called, in a language.
export const titleIn = (code) => (WORDS[code.toLowerCase().split('-')[0]] ?? WORDS.en).title;
