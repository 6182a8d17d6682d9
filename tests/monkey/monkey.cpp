// Random use of the lab without a window: pointer, wheel, keys, typing, paste, sizes, themes, languages, lessons,
// tools, undo, requests and documents, drawn from a seed; after every action the lab is looked over.
//   stride_monkey [--seed N] [--seconds S] [--actions N]   plays seed after seed; the first that fails is cut
//                                                          down to the fewest actions that still fail, and told
// Each episode is played in a process of its own, so that one that crashes or hangs is found as any other.
#define DOCTEST_CONFIG_DISABLE
#include "support/lab_driver.h"

#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <chrono>
#include <cmath>
#include <cstdio>
#include <regex>
#include <set>
#include <string_view>

#include "imgui_internal.h"
#include "lab/session/locks.h"
#include "support/random_scenario.h"
#include "text/text.h"

namespace stride::lab {

namespace {

enum class Act {
  move,
  click,
  right_click,
  drag,
  hold,
  wheel,
  pinch,
  key,
  type,
  paste,
  resize,
  theme,
  language,
  lesson,
  tool,
  undo_redo,
  request,
  document,
  link,
  embed,
  wait,
  total
};

struct Move {
  Act act;
  int a, b, c;
};

constexpr const char* names[] = {"move",     "click",  "right_click", "drag",      "hold",    "wheel",
                                 "pinch",    "key",    "type",        "paste",     "resize",  "theme",
                                 "language", "lesson", "tool",        "undo_redo", "request", "document",
                                 "link",     "embed",  "wait"};
static_assert(std::size(names) == static_cast<size_t>(Act::total));

/// Words that hands, input methods and clipboards give: numbers of every country and what only looks like one,
/// formulas, scripts of every direction, and what no keyboard has.
constexpr const char* words[] = {"0",
                                 "-1",
                                 "0,02",
                                 "1/50",
                                 "1e-4",
                                 "1e308",
                                 "-1e308",
                                 "nan",
                                 "inf",
                                 "0x10",
                                 "1e999",
                                 "−0.5",
                                 "abc",
                                 "x^2+y^2",
                                 "0*x+5",
                                 "log(x)",
                                 "1/0",
                                 "x^y+",
                                 "((((",
                                 "|x|",
                                 "½x²",
                                 "你好",
                                 "שלום",
                                 "🙂🙃",
                                 "\t",
                                 "\n",
                                 "\x7f",
                                 "\xff\xfe",
                                 "<b>&",
                                 "=1+1",
                                 "99999999999999999999",
                                 "x*",
                                 "sin²(x)",
                                 "é́",
                                 "",
                                 " ",
                                 "/",
                                 "[",
                                 "%s%n"};

constexpr const char* links[] = {"?surface=beale&optimizer=Adam&lr=0.1",
                                 "?lesson=3",
                                 "?lesson=99",
                                 "?lr=nan",
                                 "#",
                                 "?surface=",
                                 "?expression=x^2+y^2",
                                 "?steps=1e9",
                                 "?surface=rosenbrock&schedule=OneCycleLR",
                                 "?lang=de"};

constexpr const char* documents[] = {
    R"json({"stride":1})json",
    R"json({"stride":1,"steps":null})json",
    R"json({"stride":2})json",
    "",
    "[",
    R"json({"stride":1,"problem":{"expression":"1/(x*y)"}})json",
    R"json({"stride":1,"problem":{"expression":"0/0"}})json",
    R"json({"stride":1,"problem":{"expression":"5"},"runs":[{"optimizer":{"type":"Prodigy","lr":1e300}}]})json",
    R"json({"stride":1,"problem":{"surface":"beale","domain":[-1e300,1e300,-1e300,1e300],"start":[1e308,-1e308]}})json",
    R"json({"stride":1,"problem":{"surface":"easom","domain":[0,1e-9,0,1e-9]},"steps":100000})json",
    R"json({"stride":1,"problem":{"type":"network"}})json",
};

/// Keys of four layouts come as what they give: those that have a place of their own, and the characters.
constexpr ImGuiKey keys[] = {
    ImGuiKey_Tab,        ImGuiKey_Enter,    ImGuiKey_Escape,    ImGuiKey_Space,     ImGuiKey_LeftArrow,
    ImGuiKey_RightArrow, ImGuiKey_UpArrow,  ImGuiKey_DownArrow, ImGuiKey_Home,      ImGuiKey_End,
    ImGuiKey_PageUp,     ImGuiKey_PageDown, ImGuiKey_Delete,    ImGuiKey_Backspace, ImGuiKey_Z,
    ImGuiKey_Y,          ImGuiKey_A,        ImGuiKey_C,         ImGuiKey_V,         ImGuiKey_X,
    ImGuiKey_S,          ImGuiKey_O,        ImGuiKey_L,         ImGuiKey_M,         ImGuiKey_B,
    ImGuiKey_T,          ImGuiKey_H,        ImGuiKey_R,         ImGuiKey_F1};
constexpr ImGuiKey modifiers[] = {ImGuiKey_None, ImGuiKey_None,  ImGuiKey_None,
                                  ImGuiMod_Ctrl, ImGuiMod_Shift, ImGuiMod_Alt};
constexpr const char* characters[] = {"+", "-", "[", "]", "?", "é", "ы", "ü", "ß", "ж",
                                      "1", ".", ",", "x", "m", "l", "ñ", "@", "€"};

constexpr float sizes[][3] = {{1440, 900, 1}, {1280, 800, 1.5f}, {390, 844, 3},  {360, 640, 1},
                              {844, 390, 2},  {820, 1180, 2},    {1920, 1080, 1}};
constexpr const char* panels[] = {"",        "all", "surface", "surface rate", "controls", "loss transport",
                                  "nonsense"};
constexpr const char* locks[] = {"", "optimizer", "steps surface", "lr", "nonsense"};

/// What no learner should read, of a value that is shown.
const std::regex no_number(R"((^|[^a-zA-Z])-?(nan|inf)([^a-zA-Z]|$))");

template <class List>
const auto& pick(const List& list, int n) {
  return list[static_cast<size_t>(n) % std::size(list)];
}

std::vector<Move> make_episode(unsigned seed, int length) {
  testing::Dice dice(seed);
  std::vector<Move> out;
  for (int i = 0; i < length; ++i)
    out.push_back({Act(dice.whole(0, int(Act::total) - 1)), dice.whole(0, 9999), dice.whole(0, 9999),
                   dice.whole(0, 9999)});
  return out;
}

/// What is wrong with the lab, or nothing.
class Episode {
 public:
  explicit Episode(unsigned seed) : seed_(seed), engine_(jobs::make_inline()) {
    driver_.lab.services.engine = engine_.get();
    driver_.lab.services.host.fetch_language = [](const std::string&) {};
  }

  std::string play(const std::vector<Move>& actions) {
    for (size_t i = 0; i < actions.size() && fault_.empty(); ++i) {
      act(actions[i]);
      look();
    }
    if (fault_.empty()) rest();
    if (fault_.empty()) travel();
    return fault_;
  }

 private:
  Lab& lab() { return driver_.lab; }
  void fail(const std::string& why) {
    if (fault_.empty()) fault_ = why;
  }

  /// A place of a visible control, now and then anywhere at all.
  ImVec2 place(int n, int within) {
    const ImVec2 screen = ImGui::GetIO().DisplaySize;
    std::vector<const Control*> seen;
    for (const Control& c : controls())
      if (c.visible && is_interactive(c.role)) seen.push_back(&c);
    if (seen.empty() || n % 5 == 0) return {screen.x * float(n) / 10000, screen.y * float(within) / 10000};
    const Control& c = *seen[static_cast<size_t>(n) % seen.size()];
    return {c.at.x + c.size.x * float(within) / 10000, c.at.y + c.size.y / 2};
  }

  void button(int which, bool down) {
    ImGui::GetIO().AddMouseButtonEvent(which, down);
    driver_.frames(1);
  }

  void press_key(const Move& action) {
    ImGuiIO& io = ImGui::GetIO();
    const ImGuiKey modifier = pick(modifiers, action.b);
    if (action.c % 3 == 0) return driver_.type(pick(characters, action.a));
    if (modifier != ImGuiKey_None) io.AddKeyEvent(modifier, true);
    io.AddKeyEvent(pick(keys, action.a), true);
    driver_.frames(1);
    io.AddKeyEvent(pick(keys, action.a), false);
    if (modifier != ImGuiKey_None) io.AddKeyEvent(modifier, false);
    driver_.frames(1);
  }

  void request_something(const Move& action) {
    if (controls().empty()) return;
    constexpr const char* actions[] = {"press", "set", "move", "type", "choose", "open", "focus", "dance"};
    const Control c = controls()[static_cast<size_t>(action.a) % controls().size()];
    const char* what = pick(actions, action.b);
    std::string value = pick(words, action.c);
    if (std::string_view(what) == "choose" && !c.options.empty())
      value = c.options[static_cast<size_t>(action.c) % c.options.size()];
    if (std::string_view(what) == "set" && action.c % 2)
      value = std::to_string(c.min + (c.max - c.min) * action.c / 10000);
    request(c.id, what, value);
    driver_.frames(3);
  }

  void open_something(const Move& action) {
    if (action.a % 2) return open_document(lab(), pick(documents, action.b), "document.json");
    const unsigned own = seed_ * 7919u + static_cast<unsigned>(action.b);
    open_document(lab(), write_scenario(testing::random_scenario(own)), "random.json");
  }

  void act(const Move& action) {
    ImGuiIO& io = ImGui::GetIO();
    const ImVec2 at = place(action.a, action.b);
    switch (action.act) {
      case Act::move:
        driver_.move(at.x, at.y);
        break;
      case Act::click:
        driver_.move(at.x, at.y), button(0, true), button(0, false);
        break;
      case Act::right_click:
        driver_.move(at.x, at.y), button(1, true), button(1, false);
        break;
      case Act::drag:
      case Act::hold: {
        const ImVec2 to = place(action.c, action.a);
        driver_.move(at.x, at.y), button(action.b % 7 == 0 ? 2 : 0, true);
        for (int i = 1; i <= 3; ++i)
          driver_.move(at.x + (to.x - at.x) * float(i) / 3, at.y + (to.y - at.y) * float(i) / 3);
        // A hand that holds on presses keys meanwhile.
        if (action.act == Act::hold) press_key({Act::key, action.b, action.c, action.a});
        button(0, false), button(2, false);
        break;
      }
      case Act::wheel:
        driver_.move(at.x, at.y), io.AddMouseWheelEvent(float(action.c % 5 - 2), float(action.b % 7 - 3)),
            driver_.frames(1);
        break;
      case Act::pinch:
        io.AddMouseSourceEvent(ImGuiMouseSource_TouchScreen);
        driver_.move(at.x, at.y), button(0, true), io.AddMouseWheelEvent(0, action.c % 2 ? 0.3f : -0.3f),
            driver_.frames(1), button(0, false);
        io.AddMouseSourceEvent(ImGuiMouseSource_Mouse);
        break;
      case Act::key:
        press_key(action);
        break;
      case Act::type:
        driver_.type(pick(words, action.a));
        break;
      case Act::paste:
        ImGui::SetClipboardText(pick(words, action.a));
        driver_.key(ImGuiKey_V, ImGuiMod_Ctrl);
        break;
      case Act::resize:
        driver_.resize(pick(sizes, action.a)[0], pick(sizes, action.a)[1], pick(sizes, action.a)[2]);
        break;
      case Act::theme:
        lab().session.scenario.view.theme = pick(std::array{"auto", "light", "dark", "projector"}, action.a);
        break;
      case Act::language:
        set_language(lab(), pick(std::array{"en", "de", "es", "fr"}, action.a));
        break;
      case Act::lesson:
        if (!lessons().empty())
          open_lesson(lesson_desk(lab()), action.a % int(lessons().size())), settle(lab());
        break;
      case Act::tool:
        lab().shell.tool = Tool(action.a % tool_total), lab().shell.page = Page(action.b % page_total);
        break;
      case Act::undo_redo:
        run(lab(), action.a % 3 ? Command::undo : Command::redo);
        break;
      case Act::request:
        request_something(action);
        break;
      case Act::document:
        open_something(action);
        break;
      case Act::link:
        open_link(lab(), pick(links, action.a));
        break;
      case Act::embed:
        read_panels(pick(panels, action.a), lab().shell.panels);
        read_locks(pick(locks, action.b), lab().session.locks);
        break;
      case Act::wait:
        driver_.frames(1 + action.a % 20);
        break;
      case Act::total:
        break;
    }
    driver_.frames(1);
  }

  void look_at_drawing() {
    for (const ImDrawList* list : ImGui::GetDrawData()->CmdLists)
      for (const ImDrawVert& v : list->VtxBuffer)
        if (!std::isfinite(v.pos.x) || !std::isfinite(v.pos.y))
          return fail("something is drawn at a place that is no number");
  }

  void look() {
    const Session& session = lab().session;
    if (const Error error = validate(session.committed))
      fail("`stride run` refuses the scenario: " + sentence(error));
    if (session.selected < 0 || session.selected >= int(session.scenario.runs.size()))
      fail("no run is selected");
    if (session.undo.size() > 200) fail("the history grows without end");
    look_at_drawing();
    std::set<std::string> ids;
    for (const Control& c : controls()) {
      if (!std::isfinite(c.at.x + c.at.y + c.size.x + c.size.y))
        fail(c.id + " stands at a place that is no number");
      // What is being typed is the hand's own.
      if (c.role != Role::textbox && c.role != Role::spinbutton && std::regex_search(c.value, no_number))
        fail(c.id + " shows " + c.value);
      if (c.visible && c.clipped && c.role != Role::status)
        fail("clipped: " + c.id + " = " + c.name + ": " + c.value);
      if (!ids.insert(c.id).second) fail("two controls are " + c.id);
    }
  }

  /// Hands off: what moves ends, and then no further frame is asked for.
  void rest() {
    if (lab().playback.playing) run(lab(), Command::play);
    driver_.move(-1e4f, -1e4f);
    driver_.key(ImGuiKey_Escape), driver_.key(ImGuiKey_Escape);
    for (int i = 0; i < 600; ++i) {
      driver_.frames(1);
      if (!lab().shell.wants_frame && !engine_->busy()) return;
    }
    if (!engine_->busy()) fail("frames are asked for although nothing happens");
  }

  /// Back to the beginning and forth again leads to the same state.
  void travel() {
    commit(lab().session);
    const Scenario end = lab().session.committed;
    const size_t steps = lab().session.undo.size();
    for (size_t i = 0; i < steps; ++i) run(lab(), Command::undo), driver_.frames(1), look();
    if (!lab().session.undo.empty()) fail("undo does not lead back to the beginning");
    for (size_t i = 0; i < steps; ++i) run(lab(), Command::redo), driver_.frames(1), look();
    if (!same_numbers(lab().session.committed, end)) fail("undo and redo lead to another state");
  }

  unsigned seed_;
  std::unique_ptr<jobs::Engine> engine_;
  Driver driver_;
  std::string fault_;
};

/// Plays in a process of its own; what went wrong, or nothing.
std::string play_apart(unsigned seed, const std::vector<Move>& actions) {
  int ends[2];
  if (pipe(ends) != 0) return "no pipe";
  std::fflush(nullptr);
  const pid_t child = fork();
  if (child == 0) {
    // An episode takes a second, one with the longest studies half a minute of the processor.
    const rlimit most{120, 120};
    setrlimit(RLIMIT_CPU, &most);
    close(ends[0]);
    const std::string fault = Episode(seed).play(actions);
    const ssize_t written = write(ends[1], fault.data(), fault.size());
    _exit(written == ssize_t(fault.size()) ? 0 : 3);
  }
  close(ends[1]);
  std::string fault;
  char buffer[4096];
  for (ssize_t n; (n = read(ends[0], buffer, sizeof buffer)) > 0;)
    fault.append(buffer, static_cast<size_t>(n));
  close(ends[0]);
  int status = 0;
  waitpid(child, &status, 0);
  if (WIFSIGNALED(status)) return "ended by signal " + std::to_string(WTERMSIG(status));
  if (WEXITSTATUS(status) != 0) return "ended with status " + std::to_string(WEXITSTATUS(status));
  return fault;
}

/// Leaves out ever smaller parts as long as it still fails.
std::vector<Move> fewest(unsigned seed, std::vector<Move> actions) {
  for (size_t part = (actions.size() + 1) / 2; part > 0; part /= 2)
    for (size_t at = 0; at < actions.size();) {
      std::vector<Move> rest = actions;
      rest.erase(rest.begin() + std::ptrdiff_t(at),
                 rest.begin() + std::ptrdiff_t(std::min(at + part, rest.size())));
      if (play_apart(seed, rest).empty())
        at += part;
      else
        actions = std::move(rest);
    }
  return actions;
}

double seconds_now() {
  return std::chrono::duration<double>(std::chrono::steady_clock::now().time_since_epoch()).count();
}

}  // namespace

}  // namespace stride::lab

int main(int argc, char** argv) {
  using namespace stride::lab;
  unsigned first = 1;
  double seconds = 20;
  int length = 60;
  for (int i = 1; i + 1 < argc; i += 2) {
    const std::string_view option = argv[i];
    if (option == "--seed")
      first = static_cast<unsigned>(std::stoul(argv[i + 1])), seconds = 0;
    else if (option == "--seconds")
      seconds = std::stod(argv[i + 1]);
    else if (option == "--actions")
      length = std::stoi(argv[i + 1]);
    else
      return std::fprintf(stderr, "monkey: expected --seed, --seconds or --actions, got %s\n", argv[i]), 2;
  }
  const double end = seconds_now() + seconds;
  unsigned seed = first;
  do {
    const std::vector<Move> actions = make_episode(seed, length);
    if (play_apart(seed, actions).empty()) continue;
    const std::vector<Move> least = fewest(seed, actions);
    std::printf("seed %u: %s\n", seed, play_apart(seed, least).c_str());
    for (const Move& a : least) std::printf("  %s %d %d %d\n", names[int(a.act)], a.a, a.b, a.c);
    return 1;
  } while (++seed, seconds_now() < end);
  std::printf("%u episodes of %d actions, from seed %u: nothing was found\n", seed - first, length, first);
  return 0;
}
