#include "lesson/glossary.h"

#include <algorithm>

#include "text/text.h"

namespace stride {

namespace {

constexpr const char* rate = "slider Learning rate";
constexpr const char* optimizer = "combobox optimizer";
constexpr const char* schedule = "combobox schedule";
constexpr const char* loss_plot = "img loss plot";
constexpr const char* rate_plot = "img learning-rate plot";
constexpr const char* surface = "img loss surface";
constexpr const char* range_test = "tab Range test";
constexpr const char* rule = "tab Rule";
constexpr const char* gamma = "schedule/slider gamma";
constexpr const char* step_size = "schedule/slider step_size";
constexpr const char* max_lr = "schedule/slider max_lr";
constexpr const char* base_lr = "schedule/slider base_lr";
constexpr const char* milestone = "schedule/slider milestones 1";
constexpr const char* stable = "schedule/slider stable";
constexpr const char* momentum = "optimizer/slider momentum";
constexpr const char* play = "transport/button play";
constexpr const char* none = "";

/// A parameter, called so in every language.
constexpr GlossaryTerm named(const char* name, const char* line, const char* control) {
  return {name, line, control};
}

constexpr GlossaryTerm terms[] = {
    {"parameters; parameter; weights; weight", "What is learned: the numbers that each step changes.",
     surface},
    {"hyperparameter; hyperparameters",
     "A number that is chosen before the descent and not learned, as the learning rate.", rate},
    {"learning rate; rate", "How long a step is for a slope of 1.", rate},
    {"loss; the loss", "How wrong the model is: what the descent makes small.", loss_plot},
    {"gradient; the gradient", "The slope in every direction at once; it points uphill.", surface},
    {"local minimum; local minima", "A place lower than everything near it.", surface},
    {"global minimum", "The lowest place of all.", surface},
    {"saddles; saddle", "Level places that rise one way and fall another.", surface},
    {"plateau; plateaus", "Ground that is almost level: the slope says little.", surface},
    {"curvature", "How fast the slope itself changes; the largest is called λ.", surface},
    {"oscillation", "Steps that jump to and fro across a valley.", loss_plot},
    {"divergence", "Steps that grow from one to the next: the loss leaves all bounds.", loss_plot},
    {"2/λ", "The highest rate at which plain descent still settles on a quadratic.", rate},
    {"efficiency", "Arriving in few steps.", loss_plot},
    {"accuracy", "Coming to rest close to the bottom.", loss_plot},
    {"range test", "One run whose rate rises at each step, to see where the loss turns up.", range_test},
    {"seed; seeds", "The number that decides which random numbers the noise draws.", none},
    {"schedule; schedules", "A rule for the rate over the steps.", schedule},
    {"decay|term", "A schedule that lets the rate fall.", rate_plot},
    named("gamma", "The factor that the rate is multiplied with.", gamma),
    named("step_size", "After how many steps the rate drops.", step_size),
    named("milestones", "The steps at which the rate drops.", rate_plot),
    {"epochs; epoch", "Each one pass over all the data.", none},
    {"annealing|term", "Letting the rate fall smoothly to almost nothing.", rate_plot},
    {"cosine|term", "Half a wave: the rate falls slowly, then fast, then slowly.", rate_plot},
    {"warm-up", "Raising the rate from almost nothing over the first steps.", rate_plot},
    {"warm restarts", "Letting the rate fall, and setting it back to the start, again and again.", rate_plot},
    {"momentum|term", "A part of the last step is kept in the next one.", optimizer},
    {"effective rates; effective rate", "What a rule really multiplies each parameter's slope with.", rule},
    {"Adagrad", "Divides each parameter's rate by the root of all its squared slopes.", optimizer},
    {"RMSprop", "Divides by the root of a fading mean of squared slopes.", optimizer},
    {"Adam", "RMSprop with momentum, and corrected for its start.", optimizer},
    named("max_lr", "The highest rate of a cycle.", max_lr),
    named("base_lr", "The lowest rate of a cycle.", base_lr),
};

constexpr LightPlace place(std::string_view word, std::string_view control) {
  return {word, control};
}

constexpr LightPlace places[] = {
    place("lr", rate),
    place("optimizer", optimizer),
    place("schedule", schedule),
    place("loss", loss_plot),
    place("rate", rate_plot),
    place("surface", surface),
    place("range-test", range_test),
    place("rule", rule),
    place("play", play),
    place("gamma", gamma),
    place("step_size", step_size),
    place("max_lr", max_lr),
    place("base_lr", base_lr),
    place("stable", stable),
    place("milestones", milestone),
    place("momentum", momentum),
};

/// Letters of the Latin alphabet as small ones, those with accents too.
std::string in_small_letters(std::string_view words) {
  std::string out(words);
  for (size_t i = 0; i < out.size(); ++i) {
    const unsigned char c = static_cast<unsigned char>(out[i]);
    if (c >= 'A' && c <= 'Z') out[i] = static_cast<char>(c + 0x20);
    if (c == 0xC3 && i + 1 < out.size()) {
      const unsigned char next = static_cast<unsigned char>(out[i + 1]);
      if (next >= 0x80 && next <= 0x9E) out[i + 1] = static_cast<char>(next + 0x20);
      ++i;
    }
  }
  return out;
}

}  // namespace

std::span<const GlossaryTerm> glossary() {
  return terms;
}

std::span<const LightPlace> light_places() {
  return places;
}

std::string_view control_of(std::string_view word) {
  for (const LightPlace& place : places)
    if (place.word == word) return place.control;
  return {};
}

std::string name_of(const GlossaryTerm& term) {
  const std::string_view forms = tr(term.forms);
  return std::string(forms.substr(0, forms.find(';')));
}

const GlossaryTerm* find_term(std::string_view words) {
  const std::string wanted = in_small_letters(words);
  for (const GlossaryTerm& term : terms) {
    std::string_view forms = tr(term.forms);
    for (size_t end = 0; end != forms.npos; forms.remove_prefix(std::min(end + 2, forms.size()))) {
      end = forms.find(';');
      if (in_small_letters(forms.substr(0, end)) == wanted) return &term;
    }
  }
  return nullptr;
}

}  // namespace stride
