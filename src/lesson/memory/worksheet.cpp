#include "lesson/memory/worksheet.h"

#include "lesson/formula.h"
#include "lesson/lesson_shared.h"

namespace stride {

namespace {

constexpr const char* head = R"(<!doctype html>
<html lang="{0}" dir="{2}">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>{1}</title>
<style>
@page { size: A4; margin: 18mm 16mm; }
body { max-width: 44em; margin: 2em auto; padding: 0 1em; font: 11pt/1.45 Georgia, serif; color: #000; background: #fff; }
h1, h2, h3, .name { font-family: system-ui, sans-serif; line-height: 1.2; }
h1 { margin: .4em 0; } h2 { font-size: 1.1em; margin: 1.4em 0 .4em; } h3 { font-size: 1em; }
h2, h3 { break-after: avoid; }
section, svg, table { break-inside: avoid; }
.name { display: flex; gap: 2em; font-size: .85em; } .name span { flex: 1; border-bottom: 1px solid; padding-bottom: .2em; }
.picture svg { display: block; width: 60%; height: auto; margin: 1em auto; }
.blank { display: inline-block; width: 9em; border-bottom: 1px solid; }
.boxes { list-style: none; padding: 0; } .boxes li::before { content: "\2610\00a0\00a0"; }
.lines { height: 5.6em; background: repeating-linear-gradient(#0000 0 calc(1.8em - 1px), #888 calc(1.8em - 1px) 1.8em); print-color-adjust: exact; -webkit-print-color-adjust: exact; }
table { width: 100%; border-collapse: collapse; } th, td { border: 1px solid #888; padding: .3em; font-size: .85em; text-align: start; } td { height: 1.6em; }
small { color: #444; }
@media print { body { margin: 0; padding: 0; max-width: none; } }
</style>
)";

constexpr const char* axes = R"(<svg viewBox="0 0 600 220" role="img" aria-label="{0}" style="width:100%">
<g fill="none" stroke="#bbb"><path d="M50 50H590M50 90H590M50 130H590M158 10V180M266 10V180M374 10V180M482 10V180M590 10V180"/></g>
<path d="M50 10V180H590" fill="none" stroke="#000"/>
<g font-family="sans-serif" font-size="12"><text x="4" y="20">{1}</text><text x="590" y="210" text-anchor="end">{2}</text></g>
</svg>
)";

std::string escaped(std::string_view words) {
  std::string out;
  for (const char c : words) {
    switch (c) {
      case '<':
        out += "&lt;";
        break;
      case '>':
        out += "&gt;";
        break;
      case '&':
        out += "&amp;";
        break;
      case '"':
        out += "&quot;";
        break;
      default:
        out += c;
    }
  }
  return out;
}

/// `pattern` with the texts in the places of {0}, {1}, …
std::string filled(std::string pattern, const std::vector<std::string>& texts) {
  for (size_t i = 0; i < texts.size(); ++i) {
    const std::string place = "{" + std::to_string(i) + "}";
    if (const size_t at = pattern.find(place); at != std::string::npos)
      pattern.replace(at, place.size(), texts[i]);
  }
  return pattern;
}

std::string element(const char* name, const std::string& within) {
  return std::string("<") + name + ">" + within + "</" + name + ">\n";
}

std::string said(const std::string& words) {
  return element("p", escaped(words));
}

std::string words_of(const LessonBlock& block) {
  std::string out;
  for (const LessonSpan& span : block.spans) {
    FormulaRow row;
    const std::string words =
        escaped(span.formula && read_formula(span.words, row) ? formula_text(row) : span.words);
    out += span.bold ? "<b>" + words + "</b>" : words;
  }
  return out;
}

std::string blocks_of(const LessonScreen& screen) {
  std::string out;
  bool list = false;
  for (const LessonBlock& block : screen.blocks) {
    const bool item = block.kind == LessonBlock::Kind::item;
    if (item != list) out += item ? "<ul>\n" : "</ul>\n";
    list = item;
    out += element(item ? "li" : block.kind == LessonBlock::Kind::heading ? "h3" : "p", words_of(block));
  }
  return list ? out + "</ul>\n" : out;
}

const char* const lines = R"(<div class="lines"></div>
)";

std::string question_of(const LessonPrediction& p) {
  std::string out = element("h2", escaped(tr("What do you expect?"))) + said(p.question);
  if (p.draw) {
    out += filled(axes, {escaped(tr("Axes to draw on")), escaped(tr("loss")), escaped(tr("steps"))});
  } else {
    std::string boxes;
    for (const LessonChoice& choice : p.choices) boxes += element("li", escaped(choice.text));
    out += filled(R"(<ul class="boxes">{0}</ul>
)",
                  {boxes});
  }
  return element("section", out + said(tr("Because:")) + lines);
}

std::string task_of(const LessonGoal& goal) {
  constexpr int rows = 6;
  std::string table = element(
      "tr", element("th", escaped(tr("What I set"))) + element("th", escaped(tr("What I expect"))) +
                element("th", escaped(tr("What happened"))) + element("th", escaped(tr("Loss at the end"))));
  for (int i = 0; i < rows; ++i) {
    std::string cells;
    for (int c = 0; c < 4; ++c) cells += element("td", "");
    table += element("tr", cells);
  }
  const std::string ask =
      !goal.ask ? ""
                : said(goal.ask->question) +
                      element("p", escaped(tr("Your number")) + R"(: <span class="blank"></span>)");
  return element("section", element("h2", escaped(tr("Your task"))) + said(goal.say) + ask +
                                element("table", table) + said(tr("What I can predict now:")) + lines);
}

/// While it lives, the lesson's language is spoken, where its texts are here.
class Spoken {
 public:
  explicit Spoken(const std::string& code) : before_(find_language(language().code)) {
    use_language(find_language(code));
  }
  ~Spoken() { speak(before_); }
  Spoken(const Spoken&) = delete;
  Spoken& operator=(const Spoken&) = delete;

 private:
  int before_;
};

}  // namespace

std::string worksheet_name(const Lesson& lesson) {
  return std::string("worksheet-") + lesson.name.substr(0, lesson.name.rfind('.')) + ".html";
}

std::string worksheet(const Lesson& lesson, std::string_view picture) {
  // A lesson that does not say is taken to be in the reader's.
  const std::string code = lesson.language.empty() ? language().code : lesson.language;
  const Spoken spoken(code);
  std::string out =
      filled(head, {escaped(code), escaped(lesson.title), language().right_to_left ? "rtl" : "ltr"});
  out += filled(R"(<p class="name"><span>{0}</span><span>{1}</span></p>
)",
                {escaped(tr("Name:")), escaped(tr("Date:"))});
  out += element("h1", escaped(lesson.title));
  if (!picture.empty()) out += R"(<div class="picture">)" + std::string(picture) + "</div>\n";
  for (size_t i = 0; i < lesson.screens.size(); ++i) {
    if (lesson.prediction && static_cast<int>(i) == lesson.prediction->after)
      out += question_of(*lesson.prediction);
    out += element("h2", escaped(lesson.screens[i].heading)) + blocks_of(lesson.screens[i]);
  }
  if (lesson.prediction && lesson.prediction->after >= static_cast<int>(lesson.screens.size()))
    out += question_of(*lesson.prediction);
  if (lesson.goal) out += task_of(*lesson.goal);
  if (!lesson.sources.empty()) {
    std::string sources;
    for (const std::string& s : lesson.sources) sources += escaped(s) + "<br>";
    out += element("small", escaped(tr("Sources")) + ":<br>" + sources);
  }
  return out;
}

}  // namespace stride
