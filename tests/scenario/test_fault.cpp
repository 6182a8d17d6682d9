#include "support/sentences.h"

using namespace stride;

TEST_CASE("fault: its parts are put into words in one order") {
  const struct {
    Fault fault;
    const char* says;
  } table[] = {
      {{.expected = "an object", .got = "a list of 2 values"}, "expected an object, got a list of 2 values"},
      {{.place = "runs[0].optimizer.lr", .expected = "a number > 0", .got = "-1"},
       "runs[0].optimizer.lr: expected a number > 0, got -1"},
      {{.place = "a", .expected = "b"}, "a: expected b"},
      {{.place = "a", .expected = "b", .got = "c", .hint = ", did you mean \"d\"?"},
       "a: expected b, got c, did you mean \"d\"?"},
      {{.place = "problems", .hint = ", did you mean \"problem\"?", .says = "unknown key"},
       "problems: unknown key, did you mean \"problem\"?"},
      {{.expected = "a value", .got = "'one'", .line = 1, .column = 12},
       "line 1, column 12: expected a value, got 'one'"},
      {{.file = "mine.md", .place = "goal.say", .expected = "a text", .line = 10},
       "mine.md: line 10: goal.say: expected a text"},
      {{.file = "f.json",
        .place = "problem.expression",
        .expected = "a number",
        .got = "')'",
        .character = 5},
       "f.json: problem.expression: column 5: expected a number, got ')'"},
      {{.file = "log.csv", .place = "loss", .expected = "a number", .got = "\"low\"", .line = 3, .column = 7},
       "log.csv: line 3, column 7: loss: expected a number, got \"low\""},
      {{.expected = "a number", .got = "the end", .hint = " (write 2)", .character = 3},
       "column 3: expected a number, got the end (write 2)"},
      {{.file = "a.json", .says = "cannot open the file"}, "a.json: cannot open the file"},
  };
  for (const auto& t : table) CHECK(error_of(t.fault) == t.says);
  CHECK(sentence(Error()) == "");
}
