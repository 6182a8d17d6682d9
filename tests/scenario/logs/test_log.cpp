// Training logs: the samples that frameworks wrote, each with what is right; what may differ in a table; faults by line and column.
#include "scenario/logs/log.h"

#include <doctest/doctest.h>

#include <cmath>
#include <iterator>
#include <string>
#include <vector>

#include "support/files.h"
#include "support/hostile.h"

using namespace stride;

namespace {

constexpr const char* samples[] = {"keras.csv",
                                   "lightning/metrics.csv",
                                   "trainer_state.json",
                                   "run-default-tag-train_loss.csv",
                                   "run-default-tag-learning_rate.csv",
                                   "run-default-tag-epoch_val_loss.csv",
                                   "log.jsonl",
                                   "results.csv",
                                   "wandb.csv",
                                   "history.json",
                                   "tabelle.csv"};

TrainingLog read(const std::string& text, const std::string& name = "log.csv",
                 const LogColumns& wanted = {}) {
  TrainingLog log;
  CAPTURE(text.substr(0, 200));
  CHECK(sentence(read_log(text, name, wanted, log)) == "");
  return log;
}

std::string csv(const TrainingLog& log) {
  const Recording runs[] = {log.recording};
  return write_log_csv(runs).substr(std::string("run,step,lr,loss,val_loss\n").size());
}

std::string fault(const std::string& text, const LogColumns& wanted = {}) {
  TrainingLog log;
  log.format = "kept";
  const std::string e = sentence(read_log(text, "log.csv", wanted, log));
  CHECK(log.format == "kept");
  CHECK(e.find('\n') == std::string::npos);
  return e;
}

std::string replaced(std::string text, const std::string& from, const std::string& to) {
  for (size_t at = 0; (at = text.find(from, at)) != std::string::npos; at += to.size())
    text.replace(at, from.size(), to);
  return text;
}

}  // namespace

TEST_CASE("what frameworks write is read as it is right") {
  for (const char* name : samples) {
    CAPTURE(std::string(name));
    const std::string text = test::text_of(std::string("logs/") + name);
    const Recording runs[] = {read(text, std::string("logs/") + name).recording};
    CHECK(write_log_csv(runs) == test::text_of(std::string("logs/") + name + ".right.csv"));
    // The same with a byte order mark and with the line ends of other systems.
    const std::string plain = replaced(text, "\r\n", "\n");
    for (const std::string& other : {"\xef\xbb\xbf" + plain, replaced(plain, "\n", "\r\n"), plain + "\n\n"}) {
      const Recording again[] = {read(other, name).recording};
      CHECK(write_log_csv(again) == write_log_csv(runs));
    }
  }
}

TEST_CASE("a sentence says what was taken for what") {
  const auto words = [](const char* name) {
    return log_words(read(test::text_of(std::string("logs/") + name), name));
  };
  CHECK(words("keras.csv") ==
        "CSV of 8 rows: the step is \"epoch\", the rate \"learning_rate\", the loss \"loss\", the validation "
        "loss \"val_loss\"; "
        "not taken: accuracy, val_accuracy");
  CHECK(words("lightning/metrics.csv") ==
        "CSV of 14 rows: the step is \"step\", the rate \"lr-SGD\", the loss \"train_loss_step\", the "
        "validation loss "
        "\"val_loss\"; not taken: epoch, lr-SGD-momentum, train_loss_epoch, val_acc");
  CHECK(words("history.json") ==
        "JSON of 5 rows: rows are counted as steps, the rate \"lr\", the loss \"loss\", the validation loss "
        "\"val_loss\"");
  CHECK(log_words(read("loss\n1\n")) == "CSV of 1 row: rows are counted as steps, the loss \"loss\"");
}

TEST_CASE("columns are known by many names") {
  const auto taken = [](const char* header) {
    std::string row = header;
    for (char& c : row) c = c == ',' ? ',' : '1';
    const TrainingLog log = read(std::string(header) + "\n" + row + "\n");
    return log.step + "|" + log.lr + "|" + log.loss + "|" + log.val_loss;
  };
  CHECK(taken("step,lr,loss,val_loss") == "step|lr|loss|val_loss");
  CHECK(taken("STEP,Learning Rate,Train/Loss,Eval/Loss") == "STEP|Learning Rate|Train/Loss|Eval/Loss");
  CHECK(taken("iteration,lr/pg1,train_loss,eval_loss") == "iteration|lr/pg1|train_loss|eval_loss");
  CHECK(taken("epoch,global_step,lr-Adam,loss,validation_loss") ==
        "global_step|lr-Adam|loss|validation_loss");
  CHECK(taken("epoch,lr-SGD-momentum,lr-SGD,training_loss") == "epoch|lr-SGD|training_loss|");
  CHECK(taken("test_loss,train_loss,epoch,train_lr") == "epoch|train_lr|train_loss|test_loss");
  CHECK(taken("loss_scale,grad_norm,lm loss,learning-rate,iters") == "iters|learning-rate|lm loss|");
  CHECK(taken("num_updates,nll_loss,loss,lr") == "num_updates|lr|loss|");
  CHECK(taken("weight_decay,lr0,loss") == "|lr0|loss|");
  CHECK(taken("best_val_loss,val_loss") == "|||val_loss");
}

TEST_CASE("TensorBoard's one column is what the file's name says") {
  const std::string text = "Wall time,Step,Value\n1.5,10,0.25\n";
  const auto role = [&](const char* name) {
    const TrainingLog log = read(text, name);
    return log.lr == "Value" ? "lr" : log.loss == "Value" ? "loss" : "val_loss";
  };
  CHECK(role("run-.-tag-loss.csv") == "loss");
  CHECK(role("anything.csv") == "loss");
  CHECK(role("lr.csv") == "lr");
  CHECK(role("run-x-tag-lr-Adam.csv") == "lr");
  CHECK(role("Learning Rate.csv") == "lr");
  CHECK(role("logs/lr/loss.csv") == "loss");
  CHECK(role("C:\\logs\\train_lr.csv") == "lr");
  CHECK(role("mylr.csv") == "lr");
  CHECK(role("allreduce-loss.csv") == "loss");
  CHECK(role("run-x-tag-epoch_learning_rate.csv") == "lr");
  CHECK(role("run-validation-tag-epoch_loss.csv") == "val_loss");
}

TEST_CASE("gaps, other separators, quotes, comments, a header again") {
  const std::string wanted = "0,0,0.5,2,\n0,1,,1,1.5\n";
  for (const char* text :
       {"step,lr,loss,val_loss\n0,0.5,2,\n1,,1,1.5\n", "step,lr,loss,val_loss\n0,0.5,2\n1,,1,1.5\n",
        "step;lr;loss;val_loss\n0;0,5;2;\n1;;1;1,5\n", "step\tlr\tloss\tval_loss\n0\t0.5\t2\t\n1\t\t1\t1.5\n",
        "\"step\",\"lr\",\"loss\",\"val_loss\"\n\"0\",\"0.5\",\"2\",\"\"\n\"1\",NA,\"1\",\"1.5\"\n",
        "# run 7\n\nstep, lr, loss, val_loss\n\n0, 0.5, 2, None\n# half way\n1, n/a, 1, 1.5",
        "step,lr,loss,val_loss\r0,5e-1,+2.0,null\r1,-,1.,1.5\r",
        "step,lr,loss,val_loss\n0,0.5,2,\nstep,lr,loss,val_loss\n1,,1,1.5\n",
        "note,step,lr,loss,val_loss\n\"a, \"\"b\"\"\nc\",0,0.5,2,\n,1,,1,1.5\n",
        "val_loss,loss,lr,step\n1.5,1,,1\n,2,0.5,0\n",
        "step,lr,loss,val_loss\n0,0.5,,\n0,,2,\n1,,3,\n1,,1,1.5\n",
        "{\"step\":0,\"lr\":0.5,\"loss\":2}\n\n{\"step\":1,\"loss\":1,\"val_loss\":1.5,\"lr\":null}\n",
        "[{\"step\":0,\"lr\":0.5,\"loss\":2},{\"step\":1,\"loss\":1,\"val_loss\":1.5}]",
        "{\"lr\":[0.5],\"loss\":[2,1],\"val_loss\":[null,1.5],\"name\":\"x\"}",
        "{\"run\":{\"lr\":[0.5],\"loss\":[2,1],\"val_loss\":[null,1.5]}}"}) {
    CAPTURE(text);
    CHECK(csv(read(text)) == wanted);
  }
  CHECK(csv(read("loss\n1\n\n2\n")) == "0,0,,1,\n0,1,,2,\n");
  CHECK(csv(read("step,loss\n5,1\n,2\n9,3\n")) == "0,5,,1,\n0,6,,2,\n0,9,,3,\n");
  CHECK(csv(read("epoch,loss\n0.5,1\n1.5,2\n")) == "0,0.5,,1,\n0,1.5,,2,\n");
  CHECK(csv(read("step,loss\n0,nan\n1,NaN\n2,inf\n3,-Infinity\n")) ==
        "0,0,,nan,\n0,1,,nan,\n0,2,,inf,\n0,3,,-inf,\n");
  CHECK(csv(read("{\"step\": 1, \"train\": {\"loss\": NaN, \"lr\": 1e-05}}")) ==
        "0,1,1.0000000000000001e-05,nan,\n");
  // Of 17 digits.
  CHECK(csv(read("step,loss\n3,0.1\n")) == "0,3,,0.10000000000000001,\n");
}

TEST_CASE("an epoch that many rows share is no step") {
  std::string text = "epoch,batch,loss\n", nested;
  for (int i = 0; i < 12; ++i)
    text += std::to_string(i / 4) + "," + std::to_string(i % 4) + "," + std::to_string(12 - i) + "\n";
  const TrainingLog log = read(text);
  CHECK(log.step == "");
  CHECK(log.recording.loss.step.size() == 12);
  CHECK(log.recording.loss.value.back() == 1);
  // A run taken up again a little earlier is one training; its later values count.
  CHECK(csv(read("step,loss\n0,9\n1,8\n2,7\n3,6\n2,5\n3,4\n4,3\n")) ==
        "0,0,,9,\n0,1,,8,\n0,2,,5,\n0,3,,4,\n0,4,,3,\n");
}

TEST_CASE("what is taken can be changed") {
  const std::string text = "step,lr,loss,box_loss,val_loss\n1,0.5,2,3,4\n";
  CHECK(csv(read(text, "", {.loss = "box_loss"})) == "0,1,0.5,3,4\n");
  CHECK(csv(read(text, "", {.lr = "", .val_loss = ""})) == "0,1,,2,\n");
  CHECK(csv(read(text, "", {.step = ""})) == "0,0,0.5,2,4\n");
  CHECK(fault(text, {.loss = "box_los"}) ==
        "expected the name of a column, got \"box_los\", did you mean \"box_loss\"?");
  CHECK(csv(read("a,b\n1,2\n", "", {.step = "a", .loss = "b"})) == "0,1,,2,\n");
}

TEST_CASE("faults by line and column") {
  for (const std::pair<std::string, std::string>& row : std::vector<std::pair<std::string, std::string>>{
           {"", "expected a header with the names of the columns, got an empty file"},
           {"\n# nothing\n", "expected a header with the names of the columns, got an empty file"},
           {"1,2\n3,4\n", "line 1, column 1: expected a header with the names of the columns, got \"1\""},
           {"a,b\n1,2\n",
            "expected a column with the loss (loss, train_loss, val_loss) or the rate (lr, learning_rate), "
            "got a, b"},
           {"step,loss\n",
            "expected a column with the loss (loss, train_loss, val_loss) or the rate (lr, learning_rate), "
            "got step, loss"},
           {"step,loss\n0,1\n1,low\n", "line 3, column 3: loss: expected a number, got \"low\""},
           {"step,loss\n0,1\n1, 0x10\n", "line 3, column 4: loss: expected a number, got \"0x10\""},
           {"step,loss\nnan,1\n", "line 2, column 1: step: expected a step, got \"nan\""},
           {"step,loss\n0,1,2\n", "line 2, column 5: expected 2 cells as in the header, got 3"},
           {"step,loss\n0,\"1\n", "line 2, column 3: expected a closing quote, got the end of the file"},
           {"step,loss\n0,\"1\"2\n", "line 2, column 6: expected the end of the cell after its quote"},
           {"é,loss\né,x\n", "line 2, column 3: loss: expected a number, got \"x\""},
           {"{\"loss\": 1}\n{\"loss\": }\n", "line 2, column 10: expected a value, got '}'"},
           {"{\"loss\": 1}\n{\"loss\": 2\n",
            "line 2, column 11: expected ',' or '}', got the end of the document"},
           {"{\"loss\": 1}\nloss\n", "line 2, column 1: expected an object, got 'loss'"},
           {"{\"loss\": 1}\n{\"loss\": 2} 3\n", "line 2, column 13: expected the end of the line, got '3'"},
           {"[{\"loss\": \"low\"}]", "line 1, column 12: loss: expected a number, got \"low\""},
           {"{\"log_history\": [\n{\"loss\": 1.2.3}]}", "line 2, column 10: expected a value, got '1.2.3'"},
           {"[{\"loss\": 1}] 2", "line 1, column 15: expected the end of the document, got '2'"},
           {"[{\"lo", "line 1, column 3: expected a closing quote, got '\\\"lo'"},
       }) {
    CAPTURE(row.first);
    CHECK(fault(row.first) == row.second);
  }
}

TEST_CASE("logs are bounded") {
  std::string text = "step,loss\n";
  for (int i = 0; i < max_log_rows; ++i) text += std::to_string(i) + ",0.125\n";
  CHECK(read(text).recording.loss.step.size() == max_log_rows);
  CHECK(fault(text + "100000,1\n") == "expected at most 100000 rows, got more");
  CHECK(fault(std::string(max_log_bytes + 1, ' ')) == "expected at most 16777216 bytes, got 16777217");
  std::string lines;
  for (int i = 0; i <= max_log_rows; ++i) lines += "{\"loss\":1}\n";
  CHECK(fault(lines) == "expected at most 100000 rows, got more");
  CHECK(fault("[" + replaced(lines, "\n", ",") + "{}]") == "expected at most 100000 rows, got more");
  CHECK(fault(std::string(2000, ',') + "\n") == "expected at most 1000 columns, got 2001");
  CHECK(fault(std::string(100000, '[')).find("levels of nesting") != std::string::npos);
  CHECK(fault("{\"a\":" + replaced(std::string(100000, 'x'), "x", "{\"a\":")).find("levels of nesting") !=
        std::string::npos);
  std::string keys = "{";
  for (int i = 0; i < 3000; ++i) keys += "\"k" + std::to_string(i) + "\":1,";
  CHECK(fault(keys + "\"loss\":1}").find("at most 1000 different keys") != std::string::npos);
}

TEST_CASE("no log of the allowed size takes more than a second, nor much memory") {
  const auto whole = [](std::string head, const std::string& part, const std::string& end = "") {
    while (head.size() + part.size() + end.size() <= max_log_bytes) head += part;
    return head + end;
  };
  std::string row, columns;
  for (int i = 0; i < 999; ++i) row += "1,", columns += "c" + std::to_string(i) + ",";
  std::string rows = "step,lr,loss\n";
  for (int i = 0; i < max_log_rows; ++i)
    rows += std::to_string(i) + ",0.00123456789012345678,0.125000000000000001\n";
  const std::string logs[] = {
      rows,
      whole(columns + "loss\n", row + "1\n"),
      whole("", "\n"),
      whole("a,b\n", "\"\"\"\"\"\"\"\","),
      whole("{\"log_history\":[", "{},", "{}]}"),
      whole("{\"log_history\":[{\"loss\":", "[1,", "]"),
      whole("{\"a\":[", "1,", "1]}"),
      whole("", "x"),
      whole("step,loss\n1,0.", "9", "\n"),
  };
  for (const std::string& log : logs)
    testing::check_quick(
        log,
        [&] {
          TrainingLog out;
          const bool fault = bool(read_log(log, "log.csv", {}, out));
          CHECK(fault == (out.rows == 0));
        },
        10);
}

TEST_CASE("a scenario is no log, whatever rates its runs have") {
  const std::string scenario =
      R"({"stride": 1, "steps": 20, "runs": [{"optimizer": {"type": "SGD", "lr": 0.01}, "ema": 0.9}, {"optimizer": {"lr": 0.1}}]})";
  TrainingLog log;
  CHECK(!is_log(scenario, "scenario.json"));
  CHECK(sentence(read_log(scenario, "scenario.json", {}, log)) ==
        "expected the log of a training, got a scenario");
  CHECK(
      is_log(R"([{"stride": 2, "step": 0, "loss": 1}, {"stride": 2, "step": 1, "loss": 0.5}])", "log.json"));
}
