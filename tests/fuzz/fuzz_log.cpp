// Any bytes are a training log or one sentence, and what is read can be written, judged and fitted.
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "core/recording/findings.h"
#include "core/recording/schedule_fit.h"
#include "scenario/logs/log.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace stride;
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  TrainingLog log;
  const Error e = read_log(text, "log.csv", {}, log);
  if (e) {
    if (stride::sentence(e).find('\n') != std::string::npos || log.rows != 0) std::abort();
    return 0;
  }
  if (log.rows == 0 || log_words(log).find('\n') != std::string::npos) std::abort();
  const Recording runs[] = {log.recording};
  TrainingLog again;
  if (read_log(write_log_csv(runs), "log.csv", {}, again)) std::abort();
  for (const Finding& finding : findings(log.recording)) sentence(finding);
  if (const auto fit = fit_schedule(log.recording.lr); fit && !(fit->lr > 0 && fit->error <= 1)) std::abort();
  return 0;
}
