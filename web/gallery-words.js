// What the gallery says. English stands in gallery.html too, for readers without script.

export const SAY = {
  en: {
    page: 'Stride for teachers: labs to copy', title: 'Stride for teachers', whole: 'Open the whole lab', build: 'Build one', ready: 'Ready to copy',
    intro: 'Choose a lab, copy its line into your page. A page that cannot hold scripts takes the frame; a mail or a slide takes the link.',
    near: 'These addresses lead to your own computer: open this page on your host before you copy.',
    surface: 'Surface', curve: 'Curve', optimizer: 'Optimizer', lr: 'Learning rate', schedule: 'Schedule', steps: 'Steps', start: 'Start', noise: 'Noise', lesson: 'Lesson', theme: 'Theme', lang: 'Language',
    reveal: 'It starts', as_system: 'as the reader’s system', light: 'light', dark: 'dark', projector: 'projector', as_page: 'as the page', in_sight: 'when it comes into sight', clicked: 'when it is clicked',
    panels: 'Shown (none: everything)', locked: 'Locked', afresh: 'Start afresh', by_hand: 'What you change in the lab, further runs, parameters, the start, is copied too.',
    element: 'Element', frame: 'Frame', link: 'Link', copy: 'Copy', copied: 'Copied.', selected: 'It is selected: copy it with Ctrl C.', to_copy: '{title}, to copy', preview: 'What has been built',
    no_curve: 'none: a surface', no_lesson: 'none', no_lr: 'what suits the surface',
  },
  de: {
    page: 'Stride für Lehrende: Labore zum Kopieren', title: 'Stride für Lehrende', whole: 'Das ganze Labor öffnen', build: 'Eines bauen', ready: 'Fertig zum Kopieren',
    intro: 'Wählen Sie ein Labor und kopieren Sie seine Zeile in Ihre Seite. Wo keine Skripte erlaubt sind, geht der Rahmen; in eine Mail oder auf eine Folie passt der Link.',
    near: 'Diese Adressen führen auf Ihren eigenen Rechner: Öffnen Sie diese Seite auf Ihrem Host, bevor Sie kopieren.',
    surface: 'Fläche', curve: 'Kurve', optimizer: 'Optimierer', lr: 'Lernrate', schedule: 'Plan', steps: 'Schritte', start: 'Start', noise: 'Rauschen', lesson: 'Lektion', theme: 'Aussehen', lang: 'Sprache',
    reveal: 'Es beginnt', as_system: 'wie das System', light: 'hell', dark: 'dunkel', projector: 'Beamer', as_page: 'wie die Seite', in_sight: 'wenn es in Sicht kommt', clicked: 'wenn man darauf klickt',
    panels: 'Gezeigt (keins: alles)', locked: 'Gesperrt', afresh: 'Von vorn', by_hand: 'Was Sie im Labor ändern, weitere Läufe, Parameter, der Start, wird mitkopiert.',
    element: 'Element', frame: 'Rahmen', link: 'Link', copy: 'Kopieren', copied: 'Kopiert.', selected: 'Es ist markiert: mit Strg C kopieren.', to_copy: '{title}, zum Kopieren', preview: 'Was gebaut wurde',
    no_curve: 'keine: eine Fläche', no_lesson: 'keine', no_lr: 'was zur Fläche passt',
  },
  es: {
    page: 'Stride para docentes: laboratorios para copiar', title: 'Stride para docentes', whole: 'Abrir el laboratorio completo', build: 'Construir uno', ready: 'Listos para copiar',
    intro: 'Elija un laboratorio y copie su línea en su página. Donde no se admiten scripts sirve el marco; en un correo o una diapositiva, el enlace.',
    near: 'Estas direcciones llevan a su propio ordenador: abra esta página en su servidor antes de copiar.',
    surface: 'Superficie', curve: 'Curva', optimizer: 'Optimizador', lr: 'Tasa de aprendizaje', schedule: 'Plan', steps: 'Pasos', start: 'Inicio', noise: 'Ruido', lesson: 'Lección', theme: 'Aspecto', lang: 'Idioma',
    reveal: 'Empieza', as_system: 'como el sistema', light: 'claro', dark: 'oscuro', projector: 'proyector', as_page: 'como la página', in_sight: 'al aparecer en pantalla', clicked: 'al pulsarlo',
    panels: 'Se muestra (ninguno: todo)', locked: 'Bloqueado', afresh: 'Empezar de nuevo', by_hand: 'Lo que cambie en el laboratorio, más ejecuciones, parámetros, el inicio, se copia también.',
    element: 'Elemento', frame: 'Marco', link: 'Enlace', copy: 'Copiar', copied: 'Copiado.', selected: 'Está seleccionado: cópielo con Ctrl C.', to_copy: '{title}, para copiar', preview: 'Lo que se ha construido',
    no_curve: 'ninguna: una superficie', no_lesson: 'ninguna', no_lr: 'la que conviene a la superficie',
  },
};

/// Title and sentence of each card, in the order of gallery.js.
export const CARDS_SAY = {
  de: [
    ['Eine Zahl', 'Ein Tal und seine Lernrate, sonst nichts: Wo beginnt es zu springen?'],
    ['Eine nackte Fläche', 'Ein Bild zum Drehen, für einen Text über das, was hinabgestiegen wird.'],
    ['Momentum oder Adam', 'Das ganze Labor auf einer Schlucht, ohne die Wege aus ihr heraus.'],
    ['Ein Plan', 'Eine Rate, die in Stufen fällt, mit ihren Griffen auf der Kurve.'],
    ['Eine Kugel auf einer Kurve', 'Ein Gewicht: die Steigung, der Schritt daraus und die Rate, bei der sie hinüberspringt.'],
    ['Zuerst ein flaches Tal', 'Eine kleine Rate bleibt im ersten Tal, eine größere verlässt es.'],
    ['Eine Gerade durch Daten', 'Bremswege von Autos: Die Gerade schwenkt ein, während der Wanderer hinabsteigt.'],
    ['Eigene Punkte', 'Klicken setzt einen Punkt, ziehen und löschen geht auch: Das Modell folgt.'],
    ['Ein Netz findet eine Grenze', 'Zwei Monde: Spulen Sie durch das Training und sehen Sie, wie die Grenze wandert.'],
    ['Handgeschriebene Ziffern', 'Ein kleines Netz lernt 1797 echte Ziffern, während Sie zusehen; falsche Antworten haben einen roten Rahmen.'],
    ['Eine Lektion', 'Die dritte Lektion, mit ihrer Frage und ihrer Aufgabe.'],
    ['Für den Hörsaal', 'Größere Schrift und stärkerer Kontrast.'],
  ],
  es: [
    ['Un número', 'Un valle y su tasa de aprendizaje, nada más: ¿dónde empieza a rebotar?'],
    ['Una superficie sola', 'Una imagen que se puede girar, para un texto sobre lo que se desciende.'],
    ['Momentum o Adam', 'El laboratorio completo en un barranco, sin las salidas de él.'],
    ['Un plan', 'Una tasa que baja por escalones, con sus asas en la curva.'],
    ['Una bola en una curva', 'Un peso: la pendiente, el paso que da y la tasa con la que salta al otro lado.'],
    ['Primero un valle poco profundo', 'Una tasa pequeña se queda en el primer valle, una mayor lo abandona.'],
    ['Una recta por los datos', 'Distancias de frenado de coches: la recta se ajusta mientras el caminante desciende.'],
    ['Puntos propios', 'Pulse para añadir un punto, arrástrelo, bórrelo: el modelo lo sigue.'],
    ['Una red encuentra una frontera', 'Dos lunas: recorra el entrenamiento y vea moverse la frontera.'],
    ['Dígitos manuscritos', 'Una red pequeña aprende 1797 dígitos reales mientras usted mira; las respuestas erróneas llevan un marco rojo.'],
    ['Una lección', 'La tercera lección, con su pregunta y su tarea.'],
    ['Para el aula magna', 'Letra más grande y más contraste.'],
  ],
};
