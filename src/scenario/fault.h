// What is wrong with an input, as a value: where, what was expected there and what came. Readers hand it on;
// it is put into words once, where a person reads it.
#pragma once

#include <memory>
#include <string>

namespace stride {

struct Fault {
  std::string file = {};      ///< its name; empty: not from a file
  std::string place = {};     ///< within the document, "runs[0].optimizer.lr"; empty: the whole of it
  std::string expected = {};  ///< "a number > 0"; empty: `says` tells
  std::string got = {};       ///< as it stands there, short: "-1", "\"fast\"", "nothing"; empty: not told
  std::string hint = {};      ///< what may have been meant: ", did you mean \"momentum\"?"
  std::string says = {};      ///< what is wrong where nothing was expected: "unknown key"
  int line = 0, column = 0;   ///< of the file, from 1; 0: not known
  int character = 0;          ///< within the expression that stands at the place, from 1; 0: not of one
};

/// What a reader returns: nothing where all is well.
using Error = std::unique_ptr<Fault>;

Error error_of(Fault fault);

/// "scenario.json: line 3: runs[0].optimizer.lr: expected a number > 0, got -1"
std::string sentence(const Fault& fault);
/// The same; empty where nothing is wrong.
std::string sentence(const Error& error);

}  // namespace stride
