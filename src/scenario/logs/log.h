// Training logs that frameworks write, read as recordings: CSV with a header (Keras, Lightning, TensorBoard, tables
// of one's own), JSON lines, a trainer_state.json, a history of lists. Untrusted, as every document.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/recording/recording.h"
#include "scenario/scenario.h"

namespace stride {

inline constexpr size_t max_log_bytes = size_t(16) << 20;
inline constexpr int max_log_rows = 100000;

/// Which columns a reader of the log wants: their names as they stand in it; "" for none. Left out: chosen by
/// their names.
struct LogColumns {
  std::optional<std::string> step = {}, lr = {}, loss = {}, val_loss = {};
};

struct TrainingLog {
  std::string format;                    ///< "CSV", "JSON", "JSON lines"
  int rows = 0;                          ///< with at least one value
  std::string step, lr, loss, val_loss;  ///< the columns taken; "": none, and rows are counted from 0
  std::vector<std::string> others;       ///< the columns not taken
  Recording recording;
};

/// Reads a log. `file_name` decides what the column of TensorBoard's files is, which are called by their tag.
/// Of several rows with one step the last that has a value counts. The error names line and column.
Error read_log(std::string_view text, std::string_view file_name, const LogColumns& wanted, TrainingLog& out);

/// Whether a file is a training log rather than anything else that may be opened: by its name, or its columns.
bool is_log(std::string_view text, std::string_view file_name);

/// What was taken for what, in a sentence.
std::string log_words(const TrainingLog& log);

/// TensorBoard writes a file for each curve of a training: what the names of those have in common. Empty: not one of them.
std::string training_of(std::string_view file_name);
/// Adds the curves of `from` that `to` has not.
void join(Recording& to, Recording from);

/// `run,step,lr,loss,val_loss`, a row for each step of each recording; empty where nothing was logged.
std::string write_log_csv(std::span<const Recording> runs);

}  // namespace stride
