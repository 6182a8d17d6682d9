#include <doctest/doctest.h>
#include <algorithm>

#include "support/random_scenario.h"
#include "support/sentences.h"

using namespace stride;
using stride::testing::random_scenario;

namespace {

Scenario decode(const std::string& link) {
  Scenario s;
  CAPTURE(link);
  REQUIRE(decode_link(link, s) == "");
  return s;
}

std::string error_of_link(const std::string& link) {
  Scenario s = random_scenario(3);
  const Scenario before = s;
  const Error error = decode_link(link, s);
  CHECK(s == before);
  return sentence(error);
}

std::string query_value(const Param& p, const std::vector<double>& values) {
  std::string text;
  char digits[40];
  for (double v : values) {
    std::snprintf(digits, sizeof digits, "%.17g", v);
    text += (text.empty() ? "" : ",") + std::string(digits);
  }
  if (p.kind == Param::Kind::choice) return p.choices[static_cast<size_t>(values[0])];
  if (p.kind == Param::Kind::toggle) return values[0] != 0 ? "true" : "false";
  return text;
}

/// A rule as a query holds it: its lines parted by semicolons, and what would part parameters written in full.
std::string in_a_query(std::string rule) {
  std::replace(rule.begin(), rule.end(), '\n', ';');
  for (size_t at = rule.find('+'); at != std::string::npos; at = rule.find('+')) rule.replace(at, 1, "%2B");
  return rule;
}

/// Every parameter of a settings as a query names it.
std::string query_of(const Settings& settings, std::span<const Param> params, const std::string& prefix) {
  std::string query;
  for (size_t i = 0; i < params.size(); ++i)
    if (params[i].kind == Param::Kind::rule)
      query += "&" + prefix + params[i].key + "=" + in_a_query(settings.formula);
    else if (settings.values[i] != params[i].fallback)
      query += "&" + prefix + params[i].key + "=" + query_value(params[i], settings.values[i]);
  return query;
}

}  // namespace

TEST_CASE("link: any scenario of the tables survives its link") {
  for (unsigned seed = 0; seed < 3000; ++seed) {
    CAPTURE(seed);
    const Scenario s = random_scenario(seed);
    const std::string link = encode_link(s);
    REQUIRE(link.rfind("#s=", 0) == 0);
    REQUIRE(link.find_first_not_of("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_", 3) ==
            std::string::npos);
    REQUIRE(decode(link) == s);
    REQUIRE(decode("https://example.org/lab/?surface=nothing" + link) == s);
  }
}

TEST_CASE("link: the query of the common case") {
  const Scenario s = decode("?surface=beale&optimizer=Adam&lr=0.1&schedule=StepLR&step_size=30");
  CHECK(surface_of(s).surface == find_surface("beale"));
  CHECK(s.runs.size() == 1);
  CHECK(s.runs[0].optimizer.row == find_optimizer("Adam"));
  CHECK(s.runs[0].optimizer.number(0) == 0.1);
  CHECK(s.runs[0].schedule.row == find_schedule("StepLR"));
  CHECK(s.runs[0].schedule.integer(0) == 30);
  CHECK(decode("https://example.org/lab/") == default_scenario());
  CHECK(decode("") == default_scenario());
  CHECK(decode("?") == default_scenario());
  CHECK(decode("?lesson=3&lang=de&panels=run&embed=1") == default_scenario());
}

TEST_CASE("link: what other programs add is passed over, once or twice, in a link that is otherwise read") {
  const Scenario plain = decode("?surface=beale&optimizer=Adam&lr=0.1");
  for (const char* added : {"fbclid=abc",
                            "utm_source=m&utm_medium=mail&utm_campaign=x",
                            "gclid=1",
                            "msclkid=2",
                            "mc_cid=3&mc_eid=4",
                            "forcedownload=1",
                            "redirect=1",
                            "ref=a&ref=b",
                            "id=5&id=6",
                            "v=1",
                            "token=abc",
                            "sessionid=1",
                            "hl=de",
                            "_ga=1.2",
                            "=x",
                            "wstoken=1",
                            "amp;x=1",
                            "source=web",
                            "si=xyz",
                            "igshid=1",
                            "embed=1",
                            "fbclid",
                            "a[]=1"}) {
    CAPTURE(added);
    CHECK(decode("?surface=beale&optimizer=Adam&lr=0.1&" + std::string(added)) == plain);
    CHECK(decode("?" + std::string(added) + "&surface=beale&optimizer=Adam&lr=0.1") == plain);
  }
}

TEST_CASE("link: a plus in an expression is a plus, unless the link follows the rules of forms") {
  const auto expression = [](const std::string& written) {
    return surface_of(decode("?expression=" + written)).expression;
  };
  CHECK(expression("x^2+y^2") == "x^2+y^2");
  CHECK(expression("x%5E2+y%5E2") == "x^2+y^2");
  CHECK(expression("x^2%20+%20y^2") == "x^2 + y^2");
  CHECK(expression("x^2+%2B+y^2") == "x^2 + y^2");
  CHECK(expression("x^2%2by^2") == "x^2+y^2");
  CHECK(expression("10+*+x") == "10 * x");
  CHECK(decode("?expression=x+y&name=a+b").runs[0].name == "a b");
}

TEST_CASE("link: everything else that a query may say") {
  const Scenario s = decode(
      "http://localhost:8080/"
      "?expression=x%5E2+%2B+10*y%5E2&start=-1.5,2&steps=50&noise=0.5&seed=9&theme=dark&name=a%20b+c"
      "&optimizer=SGD&momentum=0.9&nesterov=true#elsewhere");
  CHECK(surface_of(s).expression == "x^2 + 10*y^2");
  CHECK(*surface_of(s).start == Point{-1.5, 2});
  CHECK(s.steps == 50);
  CHECK(surface_of(s).noise == Noise{0.5, 9});
  CHECK(s.view.theme == "dark");
  CHECK(s.runs[0].name == "a b c");
  CHECK(s.runs[0].optimizer.number(1) == 0.9);
  CHECK(s.runs[0].optimizer.toggle(4));
}

TEST_CASE("link: every parameter of every optimizer and schedule can stand in a query") {
  testing::Dice dice(11);
  for (int i = 0; i < 1500; ++i) {
    Run run;
    run.optimizer = testing::random_optimizer(dice);
    run.schedule = testing::random_schedule(dice, 4);  // without nested schedules
    const Optimizer& o = optimizers()[run.optimizer.row];
    const Schedule& s = schedules()[run.schedule.row];
    const std::string query = "?optimizer=" + std::string(o.key) + "&schedule=" + s.key +
                              query_of(run.optimizer, o.params, i % 2 ? "optimizer." : "") +
                              query_of(run.schedule, s.params, "schedule.");
    const Scenario read = decode(query);
    CAPTURE(query);
    CHECK(read.runs[0].optimizer == run.optimizer);
    CHECK(read.runs[0].schedule == run.schedule);
  }
}

TEST_CASE("link: a name that both have is the optimizer's") {
  const Scenario s = decode("?optimizer=RMSprop&alpha=0.5&schedule=StepLR&gamma=0.3");
  CHECK(s.runs[0].optimizer.number(1) == 0.5);
  CHECK(s.runs[0].schedule.number(1) == 0.3);
  CHECK(decode("?schedule=WSD&schedule.warmup=3").runs[0].schedule.integer(0) == 3);
}

TEST_CASE("link: errors name the parameter") {
  const struct {
    const char *link, *error;
  } cases[] = {
      {"?lr=abc", "lr: expected a number > 0, got \"abc\""},
      {"?lr=-1", "lr: expected a number > 0, got -1"},
      {"?lr=1e999", "lr: expected a number > 0, got \"1e999\""},
      {"?lr=0x10", "lr: expected a number > 0, got \"0x10\""},
      {"?lr=nan", "lr: expected a number > 0, got \"nan\""},
      {"?lr=", "lr: expected a number > 0, got \"\""},
      {"?surfac=beale", "surfac: unknown parameter, did you mean \"surface\"?"},
      {"?momentun=1", "momentun: unknown parameter, did you mean \"momentum\"?"},
      {"?optimizer=adam",
       "optimizer: expected the name of an optimizer, got \"adam\", did you mean \"Adam\"?"},
      {"?optimizer=Adam&betas=0.9",
       "betas: expected a list of two numbers >= 0 and < 1, got a list of 1 value"},
      {"?optimizer=Adam&betas=0.9,1", "betas[1]: expected a number >= 0 and < 1, got 1"},
      {"?optimizer=SGD&nesterov=maybe", "nesterov: expected true or false, got \"maybe\""},
      {"?optimizer=SGD&nesterov=1", "nesterov: expected a momentum > 0 beside nesterov"},
      {"?start=1", "start: expected a list of two numbers, x and y, got a list of 1 value"},
      {"?steps=0", "steps: expected a whole number from 1 to 100000, got 0"},
      {"?steps=5&steps=6", "steps: expected once, got it twice"},
      {"?surface=beale&expression=x", "expression: expected either a surface or an expression, got both"},
      {"?expression=x%5E", "expression: column 3: expected a number, x, y, a function or '(', got the end"},
      {"?schedule=SequentialLR&schedulers=1",
       "schedulers: expected a link with #s=, a query holds no nested schedules"},
      {"?theme=blue", "theme: expected one of auto, dark, light, projector, got \"blue\""},
      {"?name=%FF", "name: expected a name of at most 100 characters on one line, got \"\xEF\xBF\xBD\""},
      {"#s=e30", "stride: expected the format version 1, got nothing"},
      {"#s=e3", "line 1, column 2: expected a key in quotes, got the end of the document"},
      {"#s=e", "expected base64url, got a link that is cut off"},
      {"#s=a b", "character 2: expected base64url, got \" \""},
      {"hello", "expected a link with #s=... or ?surface=..., got \"hello\""},
  };
  for (const auto& c : cases) {
    CAPTURE(c.link);
    CHECK(error_of_link(c.link) == c.error);
  }
  std::string many = "?";
  for (int i = 0; i < 65; ++i) many += "&a" + std::to_string(i) + "=1";
  CHECK(error_of_link(many) == "expected at most 64 parameters, got 65");
  CHECK(error_of_link("#s=" + std::string(2 * max_document, 'A')).rfind("expected a link of at most ", 0) ==
        0);
}

TEST_CASE("link: padding and the other alphabet of base64 are taken too") {
  Scenario s = default_scenario();
  for (unsigned seed = 0; seed < 50; ++seed) {
    s = random_scenario(seed);
    std::string link = encode_link(s);
    for (char& c : link) c = c == '-' ? '+' : c == '_' ? '/' : c;
    while ((link.size() - 3) % 4) link += '=';
    CHECK(decode(link) == s);
  }
}
