#include "jobs/jobs.h"
#include "support/hostile.h"
#include "support/sentences.h"

using namespace stride;
using namespace stride::testing;

TEST_CASE("jobs: a request with a byte order mark and the line ends of Windows is taken") {
  jobs::Request request, again;
  request.scenario = default_scenario();
  request.study = default_settings(0, studies()[0].params);
  REQUIRE(jobs::decode_request(of_windows(jobs::encode_request(request)), again) == "");
  CHECK(again == request);
}

TEST_CASE("jobs: no request of the allowed size takes long") {
  for (const std::string& document : large_documents())
    check_quick(document, [&] {
      jobs::Request request;
      const Error e = jobs::decode_request("{\"study\": {\"type\": \"sweep\"}}\n" + document, request);
      CHECK(sentence(e).size() < 1000);
      CHECK(jobs::decode_request(document + "\n{\"stride\": 1}", request) != "");
    });
}
